// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery;

/** The names of ids under which providers, or a country's registry, know a template: keys of {@link Message#templateIds}. */
public final class TemplateIds {
    /** India's DLT: the principal entity's id. */
    public static final String DLT_ENTITY = "dlt_entity_id";
    /** India's DLT: the content template's id. */
    public static final String DLT_TEMPLATE = "dlt_template_id";
    /** India's DLT: the telemarketer chain. */
    public static final String DLT_TELEMARKETER = "dlt_telemarketer_id";
    /** The name of WhatsApp's authentication template. */
    public static final String WHATSAPP = "whatsapp_template";
    /** The id of Zalo's ZNS template. */
    public static final String ZALO = "zalo_template_id";

    private TemplateIds() {}
}
