// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PhoneNumbersTest {
    private static final int MANY = 500_000;

    private final PhoneNumbers numbers = new PhoneNumbers(new Random(7));

    @Test
    void neverRepeatInARun() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < MANY; i++) {
            assertThat(seen.add(numbers.next())).isTrue();
        }
        assertThat(numbers.size()).isGreaterThan(500L * 1_000_000);
    }

    @Test
    void areSpreadThinlyOverBlocksOfAThousand() {
        Map<String, Integer> blocks = new HashMap<>();
        for (int i = 0; i < MANY; i++) {
            String number = numbers.next();
            blocks.merge(number.substring(0, number.length() - 3), 1, Integer::sum);
        }
        assertThat(blocks.values()).allMatch(count -> count <= 3);
    }

    @Test
    void areValidMobileNumbersInEveryRange() throws NumberParseException {
        PhoneNumberUtil plan = PhoneNumberUtil.getInstance();
        Set<String> ranges = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            String number = numbers.next();
            var parsed = plan.parse(number, null);
            assertThat(plan.isValidNumber(parsed)).as(number).isTrue();
            assertThat(plan.getNumberType(parsed)).as(number).isEqualTo(PhoneNumberType.MOBILE);
            ranges.add(number.substring(0, number.length() - 7));
        }
        assertThat(ranges).containsExactlyInAnyOrderElementsOf(PhoneNumbers.PREFIXES);
    }
}
