// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.it;

class SqliteStoryIT extends StoryContract {
    SqliteStoryIT() {
        super(Engine.SQLITE);
    }
}
