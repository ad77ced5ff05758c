// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.smpp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jsmpp.session.connection.Connection;
import org.jsmpp.session.connection.ConnectionFactory;
import org.jsmpp.session.connection.socket.SocketConnection;

/**
 * Connects to the SMSC, in a limited time. With TLS the certificate must be for the host that was asked for: jsmpp's own factory trusts
 * any certificate of a trusted authority, whoever it is for.
 */
final class TcpConnections {
    private TcpConnections() {}

    static ConnectionFactory plain(Duration timeout) {
        return (host, port) -> {
            Socket socket = connect(host, port, timeout);
            return new Abortable(socket, socket);
        };
    }

    /**
     * @param timeout for the connection and once more for the handshake
     * @param caFile certificates (PEM) to trust instead of those that the JDK does
     */
    static ConnectionFactory tls(Duration timeout, Optional<String> caFile)
            throws IOException, GeneralSecurityException {
        SSLSocketFactory factory = context(caFile).getSocketFactory();
        return (host, port) -> {
            Socket plain = connect(host, port, timeout);
            try {
                SSLSocket socket = (SSLSocket) factory.createSocket(plain, host, port, true);
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS"); // RFC 2818: the host name is checked
                socket.setSSLParameters(parameters);
                socket.setSoTimeout((int) timeout.toMillis());
                socket.startHandshake();
                return new Abortable(socket, plain);
            } catch (IOException e) {
                plain.close();
                throw e;
            }
        };
    }

    private static Socket connect(String host, int port, Duration timeout) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true); // a PDU is small and nothing follows it
            socket.setKeepAlive(true);
            socket.connect(new InetSocketAddress(host, port), (int) timeout.toMillis());
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static SSLContext context(Optional<String> caFile) throws IOException, GeneralSecurityException {
        if (caFile.isEmpty()) {
            return SSLContext.getDefault();
        }
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(Path.of(caFile.get()))) {
            int count = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                trusted.setCertificateEntry("ca" + count++, certificate);
            }
            if (count == 0) {
                throw new CertificateException("no certificate in it");
            }
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /**
     * Closes at once: a TLS socket would first say goodbye, which takes as long as the other side likes when that does not read. SMPP
     * has a goodbye of its own.
     */
    private static final class Abortable extends SocketConnection implements Connection {
        private final Socket transport;
        private final OutputStream out;

        Abortable(Socket socket, Socket transport) throws IOException {
            super(socket);
            this.transport = transport;
            this.out = new PduOutput(socket.getOutputStream());
        }

        @Override
        public OutputStream getOutputStream() {
            return out;
        }

        @Override
        public void close() {
            try {
                transport.close();
            } catch (IOException e) {
                // It was closed already, or is now: nothing is left to be done about it.
            }
        }
    }
}
