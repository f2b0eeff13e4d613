package dev.muster.scratch.kubernetes;

import dev.muster.app.Main;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** What an image of the worker holds, made of what the tests run: one jar, and those that it needs beside it. */
final class WorkerImage {
    /** Where it lies in a container. */
    static final String PLACE = "/opt/muster";

    private WorkerImage() {}

    /** Makes it in a folder that everybody may read. */
    static void make(Path folder) throws IOException {
        Path jars = Files.createDirectories(folder.resolve("jars"));
        Path classes = Path.of(
                Main.class.getProtectionDomain().getCodeSource().getLocation().getPath());
        List<String> needed = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path jar = Path.of(entry);
            if (Files.isRegularFile(jar)) {
                // Other jars may be called the same.
                String name = needed.size() + "-" + jar.getFileName();
                link(jars.resolve(name), jar);
                needed.add("jars/" + name);
            }
        }
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Main.class.getName());
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, String.join(" ", needed));
        write(folder.resolve("muster.jar"), manifest, classes);
    }

    private static void link(Path link, Path jar) throws IOException {
        try {
            Files.createLink(link, jar);
        } catch (FileSystemException elsewhere) {
            Files.copy(jar, link);
        }
    }

    private static void write(Path file, Manifest manifest, Path classes) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest);
                Stream<Path> files = Files.walk(classes)) {
            jar.setLevel(0);
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                String name = classes.relativize(each).toString();
                // A pod has its server from the database's image.
                if (!name.startsWith("postgres/") && !name.equals("META-INF/MANIFEST.MF")) {
                    jar.putNextEntry(new JarEntry(name));
                    Files.copy(each, jar);
                    jar.closeEntry();
                }
            }
        }
    }
}
