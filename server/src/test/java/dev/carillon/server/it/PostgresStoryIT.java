// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.it;

class PostgresStoryIT extends StoryContract {
    PostgresStoryIT() {
        super(Engine.POSTGRESQL);
    }
}
