// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PhoneNumberTest {

    private static PhoneNumber number(String value) {
        return new PhoneNumber(value, null, LineType.MOBILE);
    }

    @ParameterizedTest
    @CsvSource({
        "+33612345678, +33*******78",
        "+12025550123, +1********23",
        "+50051234, +500***34",
        "+8816123456789, +881********89"
    })
    void printsMasked(String value, String masked) {
        assertThat(number(value)).hasToString(masked);
        assertThat(number(value).masked()).isEqualTo(masked);
        assertThat("number " + number(value)).doesNotContain(value);
    }

    @Test
    void isInABlockOfAThousand() {
        assertThat(number("+33612345678").block()).isEqualTo("+33612345");
    }

    @Test
    void isWhatItsValueIs() {
        assertThat(number("+33612345678"))
                .isEqualTo(new PhoneNumber("+33612345678", "FR", LineType.UNKNOWN))
                .hasSameHashCodeAs(new PhoneNumber("+33612345678", "FR", LineType.UNKNOWN))
                .isNotEqualTo(number("+33612345679"));
    }

    @Test
    void refusesWhatIsNotCanonicalWithoutRepeatingIt() {
        for (String value :
                new String[] {"", "33612345678", "+0612345678", "+33 612345678", "+336", "+1234567890123456"}) {
            assertThatThrownBy(() -> number(value))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("not an E.164 number");
        }
        assertThatThrownBy(() -> new PhoneNumber("+33612345678", "001", LineType.MOBILE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void knowsEveryCallingCode() {
        for (int code : PhoneNumberUtil.getInstance().getSupportedCallingCodes()) {
            assertThat(number("+" + code + "1234567").callingCode()).isEqualTo(code);
            assertThat(number("+" + code + "9999999").callingCode()).isEqualTo(code);
        }
    }

    @Test
    void onlyMobileAndVoipTakeCodes() {
        assertThat(Stream.of(LineType.values()).filter(LineType::canReceiveCode))
                .containsExactlyInAnyOrderElementsOf(EnumSet.of(LineType.MOBILE, LineType.VOIP));
        assertThat(LineType.values()).hasSize(19);
    }
}
