// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.core.routing;

/** What a message is sent for. */
public enum Purpose {
    /** It opens a window. */
    FIRST,
    /** The user asked again: what went before did not help, so that another way is better. */
    RETRY,
    /** Nobody asked: what went before did not arrive, or nothing was heard of it. Only a way that was not tried will do. */
    FALLBACK
}
