// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever happens in whatever order, the rules of a window hold; see {@link WindowRules} for what they are. */
class WindowRulesTest {
    @Property(tries = 2000)
    void holdInAnyOrder(@ForAll("steps") List<Steps> steps) {
        WindowRules rules = new WindowRules();
        steps.forEach(rules::take);
    }

    @Provide
    Arbitrary<List<Steps>> steps() {
        return Steps.any().list().ofMinSize(1).ofMaxSize(80);
    }
}
