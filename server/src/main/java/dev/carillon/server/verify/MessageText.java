// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.verify;

import dev.carillon.core.account.Policy;
import dev.carillon.core.message.AccountTemplate;
import dev.carillon.core.message.Autofill;
import dev.carillon.core.message.LocalizedTemplate;
import dev.carillon.core.message.MessageComposer;
import dev.carillon.core.message.MessageTemplates;
import dev.carillon.core.message.SenderRules;
import dev.carillon.core.message.TemplateChoice;
import dev.carillon.core.verification.Code;
import dev.carillon.server.directory.AccountView;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a verification's messages say. It is made anew from the code each time, so that no text is ever stored; a template that was
 * changed meanwhile says the new text, and in place of one that was removed come the texts that come with Carillon.
 */
public final class MessageText {
    private final Policy policy;
    private final Autofill autofill;
    private final String region;
    private final String locale;
    private final Optional<TemplateChoice> choice;

    private MessageText(AccountView account, Subject subject) {
        this.policy = account.account().policy();
        this.autofill = new Autofill(
                subject.signals().appRealm().orElse(null), policy.originDomain().orElse(null));
        this.region = region(subject.number().regionCode());
        this.choice = template(account, subject.templateId())
                .map(template -> template.choose(subject.locale(), region.isEmpty() ? null : region));
        this.locale = choice.map(TemplateChoice::locale)
                .orElseGet(() -> MessageTemplates.bundled().match(subject.locale(), null));
    }

    public static MessageText of(AccountView account, Subject subject) {
        return new MessageText(account, subject);
    }

    /**
     * The locale that a message is written in.
     *
     * @param wanted what the request or the account asks for
     * @param region ISO 3166-1 alpha-2 of the number's country
     */
    static String locale(
            AccountView account, Optional<String> templateId, @Nullable String wanted, @Nullable String region) {
        return template(account, templateId)
                .map(template -> template.choose(wanted, region).locale())
                .orElseGet(() -> MessageTemplates.bundled().match(wanted, region));
    }

    /** The whole text. */
    public String with(Code code) {
        String brand = policy.brand().orElse(null);
        return prefixed(choice.map(chosen -> chosen.text().compose(brand, code.digits(), autofill))
                .orElseGet(() -> MessageComposer.compose(bundled(), brand, code.digits(), autofill)));
    }

    /** The same with the code hidden. */
    public String masked() {
        String brand = policy.brand().orElse(null);
        return prefixed(choice.map(chosen -> chosen.text().composeMasked(brand, policy.codeLength(), autofill))
                .orElseGet(() -> MessageComposer.composeMasked(bundled(), brand, policy.codeLength(), autofill)));
    }

    /** The language of the text, as a BCP 47 tag. */
    public String locale() {
        return locale;
    }

    /** ISO 3166-1 alpha-2 of the number's country; empty for numbers of no country. */
    public String region() {
        return region;
    }

    /** Under which names providers know the text, by the names of {@link dev.carillon.core.message.TemplateIds}. */
    public Map<String, String> templateIds() {
        return choice.map(TemplateChoice::ids).orElse(Map.of());
    }

    private String prefixed(String text) {
        return SenderRules.standard().prefixed(region, policy.brand(), text);
    }

    private LocalizedTemplate bundled() {
        return MessageTemplates.bundled().get(locale);
    }

    private static Optional<AccountTemplate> template(AccountView account, Optional<String> id) {
        return account.template(id.orElse(AccountTemplate.DEFAULT_ID));
    }

    private static String region(@Nullable String code) {
        return code == null ? "" : code;
    }
}
