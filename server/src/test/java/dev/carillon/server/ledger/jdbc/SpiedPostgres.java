// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger.jdbc;

import com.zaxxer.hikari.HikariConfig;
import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/** A database on PostgreSQL whose every statement passes a spy on its way from the pool to the driver. */
public final class SpiedPostgres {
    /** Stands in the way. */
    @FunctionalInterface
    public interface Spy {
        /** A commit that is asked for by itself, and not at the end of other statements. */
        String COMMIT = "COMMIT";

        /**
         * Called before a statement runs. What this throws comes in place of the statement.
         *
         * @param connection the driver's, in the transaction that the statement is about to run in
         */
        void before(String sql, Connection connection) throws SQLException;
    }

    private SpiedPostgres() {}

    /** Opens a database of {@code PostgresServer.createDatabase}. */
    public static OpenDatabase open(String url, Spy spy) {
        return open(url, spy, _ -> {});
    }

    static OpenDatabase open(String url, Spy spy, Consumer<HikariConfig> more) {
        return PostgresDatabase.open(PostgresUrl.parse(url), config -> {
            more.accept(config);
            Properties properties = new Properties();
            properties.putAll(config.getDataSourceProperties());
            properties.setProperty("user", config.getUsername());
            config.setDataSource(new Source(config.getJdbcUrl(), properties, spy));
        });
    }

    private static Connection spied(Connection real, Spy spy) {
        return proxy(Connection.class, (method, arguments) -> {
            // When the statements brought their own commit, nothing is left of the transaction.
            if (method.getName().equals("commit")
                    && real.unwrap(BaseConnection.class).getTransactionState() != TransactionState.IDLE) {
                spy.before(Spy.COMMIT, real);
            }
            Object result = call(real, method, arguments);
            return switch (result) {
                case PreparedStatement statement -> spied(PreparedStatement.class, statement, real, spy, arguments);
                case Statement statement -> spied(Statement.class, statement, real, spy, arguments);
                case null, default -> result;
            };
        });
    }

    private static <T extends Statement> T spied(Class<T> type, T real, Connection on, Spy spy, Object[] prepared) {
        return proxy(type, (method, arguments) -> {
            if (method.getName().startsWith("execute")) {
                spy.before((String) (arguments.length > 0 ? arguments : prepared)[0], on);
            }
            return call(real, method, arguments);
        });
    }

    @FunctionalInterface
    private interface Calls {
        Object handle(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Calls calls) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (_, method, arguments) -> calls.handle(method, arguments == null ? new Object[0] : arguments)));
    }

    private static Object call(Object real, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private record Source(String url, Properties properties, Spy spy) implements DataSource {
        @Override
        public Connection getConnection() throws SQLException {
            return spied(new org.postgresql.Driver().connect(url, properties), spy);
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return getConnection();
        }

        @Override
        public PrintWriter getLogWriter() throws SQLFeatureNotSupportedException {
            throw new SQLFeatureNotSupportedException();
        }

        @Override
        public void setLogWriter(PrintWriter out) {
            // Nothing is written.
        }

        @Override
        public void setLoginTimeout(int seconds) {
            // The driver's own holds.
        }

        @Override
        public int getLoginTimeout() {
            return 0;
        }

        @Override
        public Logger getParentLogger() throws SQLFeatureNotSupportedException {
            throw new SQLFeatureNotSupportedException();
        }

        @Override
        public <T> T unwrap(Class<T> type) throws SQLException {
            throw new SQLException("not a wrapper");
        }

        @Override
        public boolean isWrapperFor(Class<?> type) {
            return false;
        }
    }
}
