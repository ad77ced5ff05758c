// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockPatternTest {
    @ParameterizedTest
    @ValueSource(strings = {"+14155550123", "+1*", "+1415*", "+123456789012345", "+123456789012345*", "+29012"})
    void whatIsReadIsWrittenAlike(String text) {
        assertThat(BlockPattern.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+",
                "*",
                "+*",
                "14155550123",
                "+0415*",
                "+1415**",
                "+1234567890123456",
                "+1415 5",
                "+14*5",
                "+١*",
                "+1234",
                "++1*",
                "1*"
            })
    void whatIsNeitherNumberNorPrefixIsRefused(String text) {
        assertThatThrownBy(() -> BlockPattern.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("+1415*");
    }

    @Test
    void aNumberMatchesItselfOnly() {
        assertThat(BlockPattern.parse("+14155550123").matches("+14155550123")).isTrue();
        assertThat(BlockPattern.parse("+14155550123").matches("+141555501234")).isFalse();
        assertThat(BlockPattern.parse("+1415*").matches("+14155550123")).isTrue();
        assertThat(BlockPattern.parse("+1415*").matches("+14255550123")).isFalse();
    }

    @Property
    void aViewBlocksWhatAnyPatternMatches(
            @ForAll @NumericChars @StringLength(min = 4, max = 14) String digits,
            @ForAll @NumericChars @StringLength(min = 0, max = 14) String prefix) {
        String number = "+1" + digits;
        BlockPattern pattern = BlockPattern.parse("+1" + prefix + "*");
        AccountView view = new AccountView(AccountFixture.ACCOUNT, List.of(), List.of(pattern));
        assertThat(view.isBlocked(number)).isEqualTo(pattern.matches(number));
        for (int length = 2; length <= number.length(); length++) {
            BlockPattern own = BlockPattern.parse(number.substring(0, length) + "*");
            assertThat(new AccountView(AccountFixture.ACCOUNT, List.of(), List.of(own)).isBlocked(number))
                    .isTrue();
        }
    }
}
