package dev.muster.scratch.kubernetes;

import dev.muster.scratch.InsideAPod;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import net.bytebuddy.ByteBuddy;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.hamcrest.Matcher;

/** The tests of scratches with what they are written in, as one file to be taken to where they are to run. */
final class TestsAsJar {
    private static final String CLASS = ".class";

    private TestsAsJar() {}

    static void write(Path file) throws IOException {
        try (ZipOutputStream jar = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Class<?> library : List.of(Assertions.class, ByteBuddy.class, Awaitility.class, Matcher.class)) {
                copyClasses(place(library), jar);
            }
            String scratches = InsideAPod.class.getPackageName().replace('.', '/') + "/";
            try (DirectoryStream<Path> own =
                    Files.newDirectoryStream(place(InsideAPod.class).resolve(scratches), "*" + CLASS)) {
                for (Path test : own) {
                    jar.putNextEntry(new ZipEntry(scratches + test.getFileName()));
                    Files.copy(test, jar);
                }
            }
        }
    }

    private static void copyClasses(Path library, ZipOutputStream jar) throws IOException {
        try (ZipFile from = new ZipFile(library.toFile())) {
            for (ZipEntry entry : Collections.list(from.entries())) {
                if (entry.getName().matches("(org|net)/.*\\.class")) {
                    jar.putNextEntry(new ZipEntry(entry.getName()));
                    try (InputStream content = from.getInputStream(entry)) {
                        content.transferTo(jar);
                    }
                }
            }
        }
    }

    private static Path place(Class<?> type) {
        return Path.of(URI.create(
                type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }
}
