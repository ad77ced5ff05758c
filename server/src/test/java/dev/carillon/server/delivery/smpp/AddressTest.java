// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.smpp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.TypeOfNumber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTest {
    @ParameterizedTest
    @CsvSource({
        "Acme, 5/0 Acme",
        "4Acme 2, 5/0 4Acme 2",
        "+447400123456, 1/1 447400123456",
        "447400123456, 1/1 447400123456",
        "62345, 0/0 62345",
        "'', 0/0 ''",
    })
    void sendersAreNamesNumbersOrShortCodes(String sender, String expected) {
        assertThat(text(Address.sender(sender, Address.Types.USUAL))).isEqualTo(expected.replace("''", ""));
    }

    @Test
    void phonesAreInternational() {
        assertThat(text(Address.phone("447400123456", Address.Types.USUAL))).isEqualTo("1/1 447400123456");
    }

    @Test
    void theContractMayWantOtherTypes() {
        Address.Types types = new Address.Types(Optional.of(TypeOfNumber.NETWORK_SPECIFIC), Optional.empty());
        assertThat(text(Address.sender("62345", types))).isEqualTo("3/0 62345");
        Address.Types both =
                new Address.Types(Optional.of(TypeOfNumber.UNKNOWN), Optional.of(NumberingPlanIndicator.LAND_MOBILE));
        assertThat(text(Address.phone("447400123456", both))).isEqualTo("0/6 447400123456");
    }

    private static String text(Address address) {
        return address.ton().value() + "/" + address.npi().value() + " " + address.text();
    }
}
