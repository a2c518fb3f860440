package dev.thimble.jobqueue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * How to connect to a server of our own.
 *
 * @param port on the loopback interface
 * @param password of the user postgres
 */
record PostgresLogin(int port, String password) {
    static final String USER = "postgres";

    Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database), USER, password);
    }

    private String url(String database) {
        return "jdbc:postgresql://localhost:" + port + "/" + database;
    }

    /** The address of a database, which is made if it is absent. */
    DatabaseAddress database(String name) {
        if (!name.matches("[a-z][a-z0-9_]{0,62}")) {
            throw new IllegalArgumentException("not the name of a database: '" + name + "'");
        }
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            try (ResultSet found = statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + name + "'")) {
                if (!found.next()) {
                    statement.execute("CREATE DATABASE " + name);
                }
            }
        } catch (SQLException e) {
            throw new DatabaseUnavailable("cannot make the database " + name + " on port " + port, e);
        }
        return new DatabaseAddress(url(name), USER, password);
    }

    @Override
    public String toString() {
        return "port " + port;
    }
}
