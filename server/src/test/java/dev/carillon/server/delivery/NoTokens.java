// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery;

/** For kinds whose credentials do not change: nobody may ask it. */
public final class NoTokens implements TokenStore {
    @Override
    public Secret accessToken(String connection, Secret initial, Refresher refresher) {
        throw new AssertionError("the credentials of this kind do not change");
    }

    @Override
    public void rejected(String connection, Secret accessToken) {
        throw new AssertionError("the credentials of this kind do not change");
    }
}
