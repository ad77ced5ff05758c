// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodeTest {
    @ParameterizedTest
    @CsvSource({"0,4,0000", "7,6,000007", "999999,6,999999", "99999999,8,99999999"})
    void keepsLeadingZeros(int number, int length, String digits) {
        assertThat(Code.of(number, length).digits()).isEqualTo(digits);
    }

    @Property(tries = 200)
    void everyNumberIsACodeOfItsOwn(@ForAll @IntRange(max = 999_999) int number) {
        Code code = Code.of(number, 6);
        assertThat(code.digits()).hasSize(6);
        assertThat(Integer.parseInt(code.digits())).isEqualTo(number);
        assertThat(Code.typed(code.digits())).contains(code);
    }

    @Test
    void refusesNumbersThatDoNotFit() {
        assertThatIllegalArgumentException().isThrownBy(() -> Code.of(1_000_000, 6));
        assertThatIllegalArgumentException().isThrownBy(() -> Code.of(-1, 6));
        assertThatIllegalArgumentException().isThrownBy(() -> Code.of(1, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> Code.of(1, 9));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "123", "123456789", "12345a", "12 34", "\u0661\u0662\u0663\u0664", "1234\n"})
    void hasNothingButAsciiDigits(String digits) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Code(digits));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "123456",
                " 123456 ",
                "123 456",
                "123-456",
                "1 2 3 4 5 6",
                "123\u00a0456",
                "123\u2009456",
                "\t123456\r\n",
                "\u0661\u0662\u0663\u0664\u0665\u0666",
                "\uff11\uff12\uff13\uff14\uff15\uff16",
                "\ud835\udfcf\ud835\udfd0\ud835\udfd1\ud835\udfd2\ud835\udfd3\ud835\udfd4"
            })
    void readsWhatPeopleType(String text) {
        assertThat(Code.typed(text)).contains(new Code("123456"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "123",
                "123456789",
                "123456a",
                "12.34",
                "+1234",
                "1234\u0000",
                "\ud835",
                "1234\ud83d\ude00",
                "0x1234"
            })
    void refusesWhatNoCodeLooksLike(String text) {
        assertThat(Code.typed(text)).isEmpty();
    }

    @Test
    void doesNotReadLongText() {
        assertThat(Code.typed("1234" + " ".repeat(60))).isPresent();
        assertThat(Code.typed("1234" + " ".repeat(61))).isEmpty();
    }

    @Property
    void neverThrows(@ForAll String text) {
        Code.typed(text).ifPresent(code -> assertThat(code.digits()).matches("[0-9]{4,8}"));
    }

    @Test
    void neverShowsItself() {
        assertThat(new Code("123456")).hasToString("******");
        assertThat(new Code("1234").masked()).isEqualTo("****");
    }
}
