// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.verify;

/** The kind of device that the user holds, as the customer says. */
public enum DeviceType {
    IOS,
    ANDROID,
    WEB
}
