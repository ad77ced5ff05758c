// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import java.util.List;

/**
 * What a command came to.
 *
 * @param reply what its sender is told, once the effects are durable
 * @param effects in the order in which they apply; none: nothing changes
 */
public record Decision<R>(R reply, List<Effect> effects) {
    public Decision {
        effects = List.copyOf(effects);
    }

    static <R> Decision<R> of(R reply, Effect... effects) {
        return new Decision<>(reply, List.of(effects));
    }
}
