// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.smpp;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageIdFormatTest {
    @ParameterizedTest
    @CsvSource({
        // what jsmpp's simulator does
        "RESP_HEX_RECEIPT_DEC, 3c5681, 3954305",
        "RESP_HEX_RECEIPT_DEC, 3C5681, 0003954305",
        "RESP_HEX_RECEIPT_DEC, 12, 18",
        "RESP_HEX_RECEIPT_DEC, ffffffffffffffffffff, 1208925819614629174706175",
        "RESP_DEC_RECEIPT_HEX, 3954305, 003C5681",
        "RESP_DEC_RECEIPT_HEX, 18, 12",
        "SAME, 12, 0012",
        "SAME, A1b2, ' a1B2 '",
        "SAME, 0, 000",
        "SAME, 6f1c-22, 6F1C-22",
        // no number of that base: as it stands
        "RESP_HEX_RECEIPT_DEC, xyz, XYZ",
        "RESP_DEC_RECEIPT_HEX, -5, -5",
    })
    void oneMessageHasOneId(MessageIdFormat format, String response, String receipt) {
        assertThat(format.ofReceipt(receipt))
                .isEqualTo(format.ofResponse(response))
                .isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"SAME, 12, 18", "SAME, 10, 1", "RESP_HEX_RECEIPT_DEC, 12, 12", "RESP_DEC_RECEIPT_HEX, 12, 12"})
    void twoMessagesHaveTwo(MessageIdFormat format, String response, String receipt) {
        assertThat(format.ofReceipt(receipt)).isNotEqualTo(format.ofResponse(response));
    }

    @Property
    void neverThrows(@ForAll MessageIdFormat format, @ForAll String id) {
        assertThat(format.ofResponse(id)).isNotNull();
        assertThat(format.ofReceipt(id)).isNotNull();
    }

    @Property
    void numbersMeetWhateverTheirBase(@ForAll long number) {
        assertThat(MessageIdFormat.RESP_HEX_RECEIPT_DEC.ofResponse(Long.toHexString(number)))
                .isEqualTo(MessageIdFormat.RESP_HEX_RECEIPT_DEC.ofReceipt(Long.toUnsignedString(number)));
        assertThat(MessageIdFormat.RESP_DEC_RECEIPT_HEX.ofResponse(Long.toUnsignedString(number)))
                .isEqualTo(MessageIdFormat.RESP_DEC_RECEIPT_HEX.ofReceipt(Long.toHexString(number)));
    }
}
