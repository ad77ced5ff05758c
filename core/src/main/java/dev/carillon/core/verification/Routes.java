// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.verification;

import dev.carillon.core.routing.Purpose;
import dev.carillon.core.routing.Route;
import dev.carillon.core.routing.RouteRequest;
import dev.carillon.core.routing.RoutingTable;
import java.time.Instant;
import java.util.function.Function;

/**
 * Where messages can go. A function of its arguments and of a table that does not change under it, so that a decision made with
 * it can be made again.
 */
@FunctionalInterface
public interface Routes {
    /** Plans the next message of a verification, given what its window has tried. */
    Route plan(Verification verification, Purpose purpose, Instant now);

    /**
     * By a table.
     *
     * @param request what a route depends on besides the table and the window
     */
    static Routes of(RoutingTable table, Function<Verification, RouteRequest> request) {
        return (verification, purpose, now) ->
                table.plan(request.apply(verification), verification.tried(), purpose, now);
    }
}
