// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.carillon.core.message.Channel;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChannelsTest {
    @Test
    void readsAListInItsOrder() {
        assertThat(Channels.parse("whatsapp, sms")).containsExactly(Channel.WHATSAPP, Channel.SMS);
        assertThat(new Channels(Channels.parse("zalo,rcs"), true).text()).isEqualTo("zalo,rcs");
    }

    @Test
    void refusesWhatIsNoChannelAndWhatIsNamedTwice() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Channels.parse("pigeon"))
                .withMessage("'pigeon' is not one of sms, rcs, whatsapp, viber, zalo, telegram");
        assertThatIllegalArgumentException().isThrownBy(() -> new Channels(List.of(), true));
        assertThatIllegalArgumentException().isThrownBy(() -> new Channels(List.of(Channel.SMS, Channel.SMS), true));
    }
}
