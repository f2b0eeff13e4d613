package dev.muster.app.demo;

import dev.muster.app.demo.standin.StandIn;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.postgresql.Driver;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.json.JsonMapper;

/**
 * The stand-in as one file that runs by itself: a jar behind a few lines of shell. Who runs it need not be able to read
 * Muster's own jar.
 */
final class StandInProgram {
    /** A class of each library that the stand-in is made of, and where the library's classes lie. */
    private static final List<Part> PARTS = List.of(
            new Part(StandIn.class, "dev/muster/app/demo/standin"),
            new Part(Driver.class, "org/postgresql"),
            new Part(JsonMapper.class, "tools/jackson"),
            new Part(JsonParser.class, "tools/jackson"),
            new Part(com.fasterxml.jackson.annotation.JsonInclude.class, "com/fasterxml/jackson/annotation"));

    private StandInProgram() {}

    private record Part(Class<?> member, String folder) {}

    /** It runs with the Java of this machine, or else with the one of the machine that it was carried to. */
    static void write(Path file) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Files.deleteIfExists(file);
        try (OutputStream program = Files.newOutputStream(file)) {
            program.write(("#!/bin/sh\nj='" + java + "'; [ -x \"$j\" ] || j=java\n"
                            + "exec \"$j\" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx128m -cp \"$0\" "
                            + StandIn.class.getName() + " \"$@\"\n")
                    .getBytes(StandardCharsets.UTF_8));
            try (ZipOutputStream jar = new ZipOutputStream(program)) {
                jar.setLevel(Deflater.BEST_SPEED);
                Set<String> written = new HashSet<>();
                for (Part part : PARTS) {
                    add(part, jar, written);
                }
            }
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void add(Part part, ZipOutputStream jar, Set<String> written) throws IOException {
        Path source = source(part.member());
        if (Files.isDirectory(source)) {
            add(source, part.folder(), jar, written);
            return;
        }
        try (FileSystem archive = FileSystems.newFileSystem(source)) {
            add(archive.getPath("/"), part.folder(), jar, written);
        }
    }

    private static void add(Path root, String folder, ZipOutputStream jar, Set<String> written) throws IOException {
        try (Stream<Path> files = Files.walk(root.resolve(folder))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = root.relativize(file).toString();
                if (written.add(name)) {
                    jar.putNextEntry(new ZipEntry(name));
                    try (InputStream content = Files.newInputStream(file)) {
                        content.transferTo(jar);
                    }
                    jar.closeEntry();
                }
            }
        }
    }

    private static Path source(Class<?> member) {
        try {
            return Path.of(
                    member.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException nonsense) {
            throw new IllegalStateException(nonsense);
        }
    }
}
