package dev.thimble.objectstore;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * Objects as files of a folder that several processes may share. An object is written to a temporary file, forced to
 * disk, and then given its name by a hard link, which fails if the name is taken: that makes {@link #putIfAbsent} atomic
 * between processes as well.
 */
public final class FolderObjectStore implements ObjectStore {
    private static final String TEMPORARY = ".tmp";
    private static final Duration ABANDONED_AFTER = Duration.ofDays(1);

    private final Path root;
    private final Path temporary;

    /**
     * Opens a folder, making it if it is absent, and clears temporary files that a killed process left more than a day ago.
     *
     * @throws IOException if the folder cannot be written
     */
    public FolderObjectStore(Path root) throws IOException {
        this.root = root.toAbsolutePath().normalize();
        this.temporary = this.root.resolve(TEMPORARY);
        Files.createDirectories(temporary);
        Instant oldest = Instant.now().minus(ABANDONED_AFTER);
        try (var files = Files.list(temporary)) {
            for (Path file : files.toList()) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(oldest)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    @Override
    public boolean putIfAbsent(ObjectKey key, InputStream content) throws IOException {
        Path target = path(key);
        if (Files.exists(target)) {
            return false;
        }
        Path file = temporary.resolve(UUID.randomUUID().toString());
        try {
            write(key, content, file);
            return link(file, target);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static void write(ObjectKey key, InputStream content, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
            Envelope.write(key, content, out);
            out.flush();
            channel.force(true);
        }
    }

    private boolean link(Path file, Path target) throws IOException {
        Path folder = parent(target);
        while (true) {
            createFolders(folder);
            try {
                Files.createLink(target, file);
                force(folder);
                return true;
            } catch (FileAlreadyExistsException e) {
                return false;
            } catch (NoSuchFileException e) {
                if (!Files.exists(file)) {
                    throw e;
                }
                // a concurrent delete removed the emptied folder between the two steps: make it again
            }
        }
    }

    private void createFolders(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path above = parent(folder);
        createFolders(above);
        try {
            Files.createDirectories(folder);
            force(above);
        } catch (NoSuchFileException | FileAlreadyExistsException e) {
            if (Files.isRegularFile(folder)) {
                throw e;
            }
            createFolders(folder); // a concurrent delete removed a folder between two steps: make it again
        }
    }

    private static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (NoSuchFileException e) {
            // the folder was emptied and removed meanwhile: nothing is left to be forced
            return;
        }
    }

    @Override
    public InputStream open(ObjectKey key) throws IOException {
        try {
            return Envelope.read(key, new BufferedInputStream(Files.newInputStream(path(key)), 1 << 16));
        } catch (NoSuchFileException e) {
            MissingArtifact missing = new MissingArtifact(key);
            missing.initCause(e);
            throw missing;
        }
    }

    @Override
    public boolean exists(ObjectKey key) {
        return Files.exists(path(key));
    }

    @Override
    public boolean delete(ObjectKey key) throws IOException {
        Path file = path(key);
        boolean existed = Files.deleteIfExists(file);
        for (Path folder = parent(file); !folder.equals(root); folder = parent(folder)) {
            try {
                Files.deleteIfExists(folder);
            } catch (DirectoryNotEmptyException e) {
                break;
            }
        }
        return existed;
    }

    @Override
    public List<StoredObject> list(String prefix) throws IOException {
        Path start = root.resolve(ObjectKey.checkPrefix(prefix));
        List<StoredObject> found = new ArrayList<>();
        if (Files.isDirectory(start)) {
            Files.walkFileTree(start, new Lister(found));
        }
        found.sort(Comparator.comparing(StoredObject::key));
        return List.copyOf(found);
    }

    @Override
    public void close() {}

    private Path path(ObjectKey key) {
        return root.resolve(key.path() + ObjectKey.RESERVED_SUFFIX);
    }

    private static Path parent(Path path) {
        Path parent = path.getParent();
        if (parent == null) {
            throw new IllegalArgumentException("path has no parent: " + path);
        }
        return parent;
    }

    /** Collects the objects of a tree; files that vanish meanwhile are left out. */
    private final class Lister extends SimpleFileVisitor<Path> {
        private final List<StoredObject> found;

        Lister(List<StoredObject> found) {
            this.found = found;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return folder.equals(temporary) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = root.relativize(file).toString();
            if (name.endsWith(ObjectKey.RESERVED_SUFFIX)) {
                String key = name.substring(0, name.length() - ObjectKey.RESERVED_SUFFIX.length());
                FileTime modified = attributes.lastModifiedTime();
                found.add(new StoredObject(new ObjectKey(key), attributes.size(), modified.toInstant()));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw e;
        }
    }
}
