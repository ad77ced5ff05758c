// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery;

/** The names of ids under which providers, or a country's registry, know a template: keys of {@link Message#templateIds}. */
public final class TemplateIds {
    /** India's DLT: the principal entity's id. */
    public static final String DLT_ENTITY = dev.carillon.core.message.TemplateIds.DLT_ENTITY;
    /** India's DLT: the content template's id. */
    public static final String DLT_TEMPLATE = dev.carillon.core.message.TemplateIds.DLT_TEMPLATE;
    /** India's DLT: the telemarketer chain. */
    public static final String DLT_TELEMARKETER = dev.carillon.core.message.TemplateIds.DLT_TELEMARKETER;
    /** The name of WhatsApp's authentication template. */
    public static final String WHATSAPP = dev.carillon.core.message.TemplateIds.WHATSAPP;
    /** The id of Zalo's ZNS template. */
    public static final String ZALO = dev.carillon.core.message.TemplateIds.ZALO;

    private TemplateIds() {}
}
