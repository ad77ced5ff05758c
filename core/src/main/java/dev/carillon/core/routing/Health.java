// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.routing;

/** How well a lane has been doing of late. */
public enum Health {
    GOOD,
    /** It fails now and then: used when there is nothing better at the same place of the plan. */
    SHAKY,
    /** It keeps failing, or is down: used when nothing else is left. */
    OPEN
}
