// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.verify;

import dev.carillon.core.account.Policy;
import dev.carillon.core.message.Autofill;
import dev.carillon.core.message.LocalizedTemplate;
import dev.carillon.core.message.MessageComposer;
import dev.carillon.core.message.MessageTemplates;
import dev.carillon.core.verification.Code;

/** The text of a verification's messages. It is made anew from the code each time, so that no text is ever stored. */
public final class MessageText {
    private MessageText() {}

    public static String of(Policy policy, Subject subject, Code code) {
        return MessageComposer.compose(
                template(subject), policy.brand().orElse(null), code.digits(), autofill(policy, subject));
    }

    /** The same with the code hidden. */
    public static String masked(Policy policy, Subject subject) {
        return MessageComposer.composeMasked(
                template(subject), policy.brand().orElse(null), policy.codeLength(), autofill(policy, subject));
    }

    private static LocalizedTemplate template(Subject subject) {
        return MessageTemplates.bundled().get(subject.locale());
    }

    private static Autofill autofill(Policy policy, Subject subject) {
        return new Autofill(
                subject.signals().appRealm().orElse(null), policy.originDomain().orElse(null));
    }
}
