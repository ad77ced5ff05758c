// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.smpp;

import dev.carillon.server.delivery.SendResult;
import java.util.Map;

/** What an SMSC answers (§5.1.3), and what that means for the message and for the bind. */
final class CommandStatus {
    static final int OK = 0x00;
    static final int INVALID_BIND_STATUS = 0x04;
    static final int INVALID_DESTINATION = 0x0B;
    static final int QUEUE_FULL = 0x14;
    static final int THROTTLED = 0x58;
    /** Ours, for a receipt that could not be kept: the SMSC should send it again. */
    static final int TEMPORARY_ERROR = 0x64;

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(0x01, "RINVMSGLEN"),
            Map.entry(0x02, "RINVCMDLEN"),
            Map.entry(0x03, "RINVCMDID"),
            Map.entry(INVALID_BIND_STATUS, "RINVBNDSTS"),
            Map.entry(0x05, "RALYBND"),
            Map.entry(0x06, "RINVPRTFLG"),
            Map.entry(0x07, "RINVREGDLVFLG"),
            Map.entry(0x08, "RSYSERR"),
            Map.entry(0x0A, "RINVSRCADR"),
            Map.entry(INVALID_DESTINATION, "RINVDSTADR"),
            Map.entry(0x0C, "RINVMSGID"),
            Map.entry(0x0D, "RBINDFAIL"),
            Map.entry(0x0E, "RINVPASWD"),
            Map.entry(0x0F, "RINVSYSID"),
            Map.entry(QUEUE_FULL, "RMSGQFUL"),
            Map.entry(0x15, "RINVSERTYP"),
            Map.entry(0x33, "RINVNUMDESTS"),
            Map.entry(0x43, "RINVESMCLASS"),
            Map.entry(0x45, "RSUBMITFAIL"),
            Map.entry(0x48, "RINVSRCTON"),
            Map.entry(0x49, "RINVSRCNPI"),
            Map.entry(0x50, "RINVDSTTON"),
            Map.entry(0x51, "RINVDSTNPI"),
            Map.entry(0x53, "RINVSYSTYP"),
            Map.entry(THROTTLED, "RTHROTTLED"),
            Map.entry(0x61, "RINVSCHED"),
            Map.entry(0x62, "RINVEXPIRY"),
            Map.entry(0x64, "RX_T_APPN"),
            Map.entry(0x65, "RX_P_APPN"),
            Map.entry(0x66, "RX_R_APPN"),
            Map.entry(0xC0, "RINVOPTPARSTREAM"),
            Map.entry(0xC1, "ROPTPARNOTALLWD"),
            Map.entry(0xC2, "RINVPARLEN"),
            Map.entry(0xC3, "RMISSINGOPTPARAM"),
            Map.entry(0xC4, "RINVOPTPARAMVAL"),
            Map.entry(0xFE, "RDELIVERYFAILURE"),
            Map.entry(0xFF, "RUNKNOWNERR"));

    private CommandStatus() {}

    /**
     * What a submit_sm that was not accepted came to. Only a wrong destination is the message's own fault: senders, types of number and
     * credentials are the contract's, and another connection has another contract.
     */
    static SendResult refused(int status) {
        return status == INVALID_DESTINATION
                ? new SendResult.Rejected(SendResult.Reason.NUMBER, describe(status))
                : new SendResult.Fault(describe(status));
    }

    /** Whether the bind should send nothing for a while. */
    static boolean asksToSlowDown(int status) {
        return status == THROTTLED || status == QUEUE_FULL;
    }

    /** Whether the SMSC does not take us for bound any more, so that only a new bind helps. */
    static boolean asksToBindAgain(int status) {
        return status == INVALID_BIND_STATUS;
    }

    /** For the operator, such as {@code ESME_RTHROTTLED (0x00000058)}; vendors' own have only the number. */
    static String describe(int status) {
        String name = NAMES.get(status);
        return name == null ? "0x%08X".formatted(status) : "ESME_%s (0x%08X)".formatted(name, status);
    }
}
