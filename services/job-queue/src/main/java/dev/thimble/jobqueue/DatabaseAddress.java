package dev.thimble.jobqueue;

/**
 * Where the database is. The password appears in no text form.
 *
 * @param jdbcUrl for example {@code jdbc:postgresql://localhost:5432/thimble}
 * @param user the role
 * @param password its password, or empty
 */
public record DatabaseAddress(String jdbcUrl, String user, String password) {
    public DatabaseAddress {
        if (!jdbcUrl.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException("database URL must begin with jdbc:postgresql: but is " + jdbcUrl);
        }
        if (jdbcUrl.contains("password=")) {
            throw new IllegalArgumentException("give the password apart from the database URL");
        }
    }

    @Override
    public String toString() {
        return jdbcUrl + " as " + user;
    }
}
