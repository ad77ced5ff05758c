// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.api.ding;

import dev.carillon.server.api.Answer;
import dev.carillon.server.api.ApiRequest;
import dev.carillon.server.api.Endpoint;
import dev.carillon.server.api.Json;
import dev.carillon.server.directory.AccountView;
import dev.carillon.server.verify.Story;
import dev.carillon.server.verify.VerificationService;

/** {@code GET /authentication/{uuid}}: tells what happened. The key alone says whose it is. */
record StatusEndpoint(Door door, VerificationService verifications) implements Endpoint {

    @Override
    public Answer answer(ApiRequest request) {
        AccountView caller = door.caller(request);
        door.admit(caller);
        Story story = verifications
                .story(caller, door.verification(request.parameter()))
                .orElseThrow(door::unknownVerification);
        return Answer.json(200, "ok", Json.object(json -> StoryJson.write(story, json)));
    }
}
