// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.guard;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The limits of an account. A limit that is not set has its default; one that is off has none.
 *
 * @param overrides what the account set; an empty value means off
 */
public record Limits(Map<LimitName, Optional<Limit>> overrides) {

    /**
     * The defaults, each with its source. Number: five windows a day (nine on the first) of five checks each keep an attacker
     * at 25 guesses a day (45), under the 100 of NIST SP 800-63B. IP: what Firebase publishes for sends (50 a minute, 500 an hour). Account:
     * Firebase's 1,000 messages a minute. Block: double the threshold at which toll fraud detectors ask for a challenge,
     * since here the answer is a refusal. Subnet and device are derived from those. Feedback: our own, and careful: so many users that were
     * not real, and hardly any that were. A country has no default: it would take a whole one away.
     */
    private static final Map<LimitName, Limit> DEFAULTS = Map.of(
            LimitName.NUMBER_HOUR, Limit.parse("3/1h"),
            LimitName.NUMBER_DAY, Limit.parse("5/24h"),
            LimitName.IP, Limit.parse("50/1m"),
            LimitName.IP_HOUR, Limit.parse("500/1h"),
            LimitName.SUBNET, Limit.parse("150/1m"),
            LimitName.DEVICE, Limit.parse("10/1h"),
            LimitName.ACCOUNT, Limit.parse("1000/1m"),
            LimitName.BLOCK, Limit.parse("16/10m"),
            LimitName.FEEDBACK_BLOCK, Limit.parse("5/24h"),
            LimitName.FEEDBACK_IP, Limit.parse("10/24h"));

    public static final Limits STANDARD = new Limits(Map.of());

    public Limits {
        Optional<Limit> block = overrides.getOrDefault(LimitName.BLOCK, Optional.empty());
        if (block.isPresent() && !NumberBlock.canHold(block.get())) {
            throw new IllegalArgumentException("the limit block must be at most " + NumberBlock.LARGEST);
        }
        overrides.forEach((name, limit) -> {
            if (name.isAboutFeedback() && limit.isPresent() && !Conversion.canHold(limit.get())) {
                throw new IllegalArgumentException(
                        "the limit " + name.text() + " must be at most " + Conversion.LARGEST);
            }
        });
        overrides = overrides.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(overrides));
    }

    /** The limit in force, if any. The cooldown has no fixed default: it follows the account's retry schedule. */
    public Optional<Limit> get(LimitName name) {
        Optional<Limit> override = overrides.get(name);
        return override != null ? override : Optional.ofNullable(DEFAULTS.get(name));
    }

    /** True when the account has said something of this limit itself. */
    public boolean isSet(LimitName name) {
        return overrides.containsKey(name);
    }

    /** A copy with one limit set; an empty one switches it off. */
    public Limits with(LimitName name, Optional<Limit> limit) {
        Map<LimitName, Optional<Limit>> changed = new EnumMap<>(LimitName.class);
        changed.putAll(overrides);
        changed.put(name, limit);
        return new Limits(changed);
    }
}
