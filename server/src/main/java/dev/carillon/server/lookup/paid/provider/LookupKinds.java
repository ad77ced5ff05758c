// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.lookup.paid.provider;

import dev.carillon.server.lookup.paid.LookupKind;
import java.util.List;

/** All kinds of providers that settings can name. */
public final class LookupKinds {
    public static final List<LookupKind> ALL = List.of(
            HlrLookup.KIND,
            HttpLookup.KIND,
            InfobipLookup.KIND,
            TelnyxLookup.KIND,
            TwilioLookup.KIND,
            VonageLookup.KIND);

    private LookupKinds() {}
}
