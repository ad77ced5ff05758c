// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.app;

import dev.carillon.server.delivery.ConnectionKind;
import dev.carillon.server.delivery.ConnectionSettings;
import dev.carillon.server.delivery.aws.AwsKind;
import dev.carillon.server.delivery.generic.GenericKind;
import dev.carillon.server.delivery.http.HttpCalls;
import dev.carillon.server.delivery.http.JdkHttpCalls;
import dev.carillon.server.delivery.infobip.InfobipKind;
import dev.carillon.server.delivery.messagebird.BirdKind;
import dev.carillon.server.delivery.messagebird.MessageBirdKind;
import dev.carillon.server.delivery.plivo.PlivoKind;
import dev.carillon.server.delivery.rbm.RbmKind;
import dev.carillon.server.delivery.sinch.SinchKind;
import dev.carillon.server.delivery.smpp.SmppKind;
import dev.carillon.server.delivery.telegram.TelegramKind;
import dev.carillon.server.delivery.telnyx.TelnyxKind;
import dev.carillon.server.delivery.twilio.TwilioKind;
import dev.carillon.server.delivery.vonage.VonageKind;
import dev.carillon.server.delivery.vonage.VonageSmsKind;
import dev.carillon.server.delivery.whatsapp.WhatsAppKind;
import dev.carillon.server.delivery.zalo.ZaloKind;
import java.util.List;

/** The kinds of providers that this program knows. */
final class ConnectionKinds {
    static final List<ConnectionKind> ALL = List.of(
            new SmppKind(),
            new GenericKind(ConnectionKinds::calls),
            new AwsKind(ConnectionKinds::calls),
            new BirdKind(ConnectionKinds::calls),
            new InfobipKind(ConnectionKinds::calls),
            new MessageBirdKind(ConnectionKinds::calls),
            new PlivoKind(ConnectionKinds::calls),
            new RbmKind(ConnectionKinds::calls),
            new SinchKind(ConnectionKinds::calls),
            new TelegramKind(ConnectionKinds::calls),
            new TelnyxKind(ConnectionKinds::calls),
            new TwilioKind(ConnectionKinds::calls),
            new VonageKind(ConnectionKinds::calls),
            new VonageSmsKind(ConnectionKinds::calls),
            new WhatsAppKind(ConnectionKinds::calls),
            new ZaloKind(ConnectionKinds::calls));

    private ConnectionKinds() {}

    private static HttpCalls calls(ConnectionSettings settings) {
        return JdkHttpCalls.of(settings.timeout());
    }
}
