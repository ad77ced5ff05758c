// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.smpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.server.delivery.Options;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jsmpp.bean.TypeOfNumber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmppOptionsTest {
    private static final Map<String, Object> LEAST =
            Map.of("host", "smsc.example", "system_id", "carillon", "password", "secret");

    @Test
    void mostHaveADefault() {
        SmppOptions options = read(Map.of());
        assertThat(options.port()).isEqualTo(2775);
        assertThat(options.binds()).isEqualTo(1);
        assertThat(options.text()).isEqualTo(new TextEncoder(Alphabet.GSM, (byte) 0, TextEncoder.Parts.UDH));
        assertThat(options.receipts())
                .isEqualTo(new ReceiptRules(MessageIdFormat.SAME, Optional.empty(), List.of(0x1503, 0x1504)));
        assertThat(options.sourceTypes()).isEqualTo(Address.Types.USUAL);
        assertThat(read(Map.of("tls", true)).port()).isEqualTo(3550);
    }

    @Test
    void theContractIsInTheOptions() {
        SmppOptions options = read(Map.of(
                "mode", "tx-rx",
                "encoding", "latin1",
                "data_coding", 3,
                "parts", "sar",
                "message_id_format", "resp-hex-receipt-dec",
                "source_ton", 3,
                "dest_npi", "0",
                "network_tlvs", List.of("0x1600"),
                "receipt_time_zone", "Europe/Paris"));
        assertThat(options.mode()).isEqualTo(SmppOptions.Mode.TX_RX);
        assertThat(options.text()).isEqualTo(new TextEncoder(Alphabet.LATIN1, (byte) 3, TextEncoder.Parts.SAR));
        assertThat(options.receipts().ids()).isEqualTo(MessageIdFormat.RESP_HEX_RECEIPT_DEC);
        assertThat(options.receipts().zone()).isPresent();
        assertThat(options.receipts().networkTlvs()).containsExactly(0x1600);
        assertThat(options.sourceTypes().ton()).hasValue(TypeOfNumber.NETWORK_SPECIFIC);
        assertThat(options.destinationTypes().npi()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "password, much-too-long, password must be at most 8 ASCII characters",
        "password, pässe, password must be",
        "system_id, a-name-of-16-chars, system_id must be at most 15",
        "service_type, longer, service_type must be at most 5",
        "port, 0, port must be a whole number",
        "mode, rx, 'mode must be one of trx, tx-rx'",
        "encoding, utf8, 'encoding must be one of gsm, latin1, ascii'",
        "source_ton, 9, source_ton is not valid",
        "source_ton, abc, source_ton is not valid",
        "dest_npi, 2, dest_npi is not valid",
        "receipt_time_zone, Mars/North, receipt_time_zone is not valid",
        "ca_file, /nowhere, ca_file is of no use without tls: true",
        "colour, red, colour is not known",
    })
    void mistakesNameTheOption(String name, String value, String complaint) {
        assertThatThrownBy(() -> read(Map.of(name, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(complaint)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("much-too-long"));
    }

    @Test
    void certificatesMustBeThere() {
        assertThatThrownBy(() -> read(Map.of("tls", true, "ca_file", "/nowhere")))
                .hasMessage("ca_file cannot be read as certificates (PEM)");
    }

    @Test
    void networkTlvsAreTagsAtMostTwo() {
        assertThatThrownBy(() -> read(Map.of("network_tlvs", List.of("1", "2", "3"))))
                .hasMessageStartingWith("network_tlvs must be");
        assertThatThrownBy(() -> read(Map.of("network_tlvs", List.of("mcc")))).hasMessage("network_tlvs is not valid");
    }

    @Test
    void thePasswordIsNotShown() {
        assertThat(read(Map.of()).toString()).doesNotContain("secret");
    }

    private static SmppOptions read(Map<String, Object> more) {
        Map<String, Object> values = new HashMap<>(LEAST);
        values.putAll(more);
        return SmppOptions.read(new Options(values, _ -> Optional.empty()));
    }
}
