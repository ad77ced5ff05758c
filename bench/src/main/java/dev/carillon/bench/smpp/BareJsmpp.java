// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench.smpp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jsmpp.bean.BindType;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.RawDataCoding;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.session.BindParameter;
import org.jsmpp.session.SMPPSession;
import org.jsmpp.session.connection.socket.SocketConnection;
import org.jsmpp.session.connection.socket.SocketConnectionFactory;

/** jsmpp's own session as it comes, with a message that is made already. */
final class BareJsmpp implements Sender {
    private static final byte[] TEXT = Ours.TEXT.getBytes(StandardCharsets.US_ASCII);

    private final SMPPSession session;

    BareJsmpp(int port, Optional<Certificate> certificate) throws IOException {
        session = certificate.isPresent()
                ? new SMPPSession((host, at) -> new SocketConnection(
                        certificate.get().context().getSocketFactory().createSocket(host, at)))
                : new SMPPSession(SocketConnectionFactory.getInstance());
        session.setTransactionTimer(Ours.TIMEOUT.toMillis());
        session.connectAndBind(
                "localhost",
                port,
                new BindParameter(
                        BindType.BIND_TRX,
                        "bench",
                        "secret",
                        "",
                        TypeOfNumber.UNKNOWN,
                        NumberingPlanIndicator.UNKNOWN,
                        ""));
    }

    @Override
    public void send() throws Exception {
        var _ = session.submitShortMessage(
                "",
                TypeOfNumber.ALPHANUMERIC,
                NumberingPlanIndicator.UNKNOWN,
                "Acme",
                TypeOfNumber.INTERNATIONAL,
                NumberingPlanIndicator.ISDN,
                "447400123456",
                new ESMClass(0),
                (byte) 0,
                (byte) 0,
                "",
                "000000000500000R",
                new RegisteredDelivery(1),
                (byte) 0,
                new RawDataCoding((byte) 0),
                (byte) 0,
                TEXT);
    }

    @Override
    public void close() {
        session.unbindAndClose();
    }
}
