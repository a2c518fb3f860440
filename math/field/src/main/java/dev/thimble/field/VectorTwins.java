package dev.thimble.field;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationTargetException;
import java.util.Optional;

/**
 * Finds the Vector API twin of a kernel interface. The classes that use the incubating API are named here only as
 * strings, so that everything else loads in a JVM without {@code --add-modules jdk.incubator.vector}.
 */
public final class VectorTwins {
    /** Set this system property to {@code scalar} to do without the Vector API. */
    public static final String PROPERTY = "thimble.kernels";

    private static final Logger LOG = System.getLogger(VectorTwins.class.getName());

    private VectorTwins() {}

    /** Returns an instance of {@code className} made by its only constructor, or nothing and logs why. */
    public static <T> Optional<T> load(Class<T> type, String className, Object... arguments) {
        if (System.getProperty(PROPERTY, "").equals("scalar")) {
            return absent(type, "the system property " + PROPERTY + " asks for it");
        }
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            return absent(type, "start java with --add-modules jdk.incubator.vector for the fast kernels");
        }
        try {
            return Optional.of(type.cast(
                    Class.forName(className).getDeclaredConstructors()[0].newInstance(arguments)));
        } catch (InvocationTargetException e) {
            return absent(type, String.valueOf(e.getCause()));
        } catch (ReflectiveOperationException | LinkageError e) {
            return absent(type, e.toString());
        }
    }

    private static <T> Optional<T> absent(Class<T> type, String reason) {
        LOG.log(Level.INFO, "{0}: scalar kernels, because {1}", type.getSimpleName(), reason);
        return Optional.empty();
    }
}
