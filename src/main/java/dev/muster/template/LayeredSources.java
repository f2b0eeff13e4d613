package dev.muster.template;

import freemarker.cache.ClassTemplateLoader;
import freemarker.cache.FileTemplateLoader;
import freemarker.cache.TemplateLoader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds templates in the organisation's folder, then among the shipped ones, and remembers what it handed out. */
final class LayeredSources implements TemplateLoader {
    private static final int LONGEST = 4 * 1024 * 1024;

    // What is made into a template only while it runs could not be stopped.
    private static final Pattern MADE_ON_THE_WAY =
            Pattern.compile("\\?(\\s|<#--.*?-->)*(interpret|eval)\\b", Pattern.DOTALL);

    private final Optional<TemplateLoader> own;
    private final TemplateLoader shipped = new ClassTemplateLoader(Templates.class, "/templates");
    private final List<Source> read = new ArrayList<>();

    LayeredSources(Optional<Path> overrides) throws IOException {
        Optional<Path> folder = overrides.filter(Files::isDirectory);
        // The loader's check of canonical paths keeps links from leading out of the folder.
        this.own = folder.isPresent()
                ? Optional.of(new FileTemplateLoader(folder.get().toFile()))
                : Optional.empty();
    }

    private record Source(String text, boolean customised) {}

    /** The digest over everything that was read. */
    String sha256() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            read.forEach(source -> digest.update(source.text().getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    boolean customised() {
        return read.stream().anyMatch(Source::customised);
    }

    @Override
    public @Nullable Object findTemplateSource(String name) throws IOException {
        if (own.isPresent()) {
            Object found = own.get().findTemplateSource(name);
            if (found != null) {
                return new Source(text(own.get(), found), true);
            }
        }
        Object found = shipped.findTemplateSource(name);
        return found == null ? null : new Source(text(shipped, found), false);
    }

    /** A file as it is. */
    String text(String name) throws IOException {
        if (findTemplateSource(name) instanceof Source source) {
            read.add(source);
            return source.text();
        }
        throw new FileNotFoundException("there is no such file");
    }

    private static String text(TemplateLoader loader, Object found) throws IOException {
        StringWriter text = new StringWriter();
        try (Reader reader = loader.getReader(found, StandardCharsets.UTF_8.name())) {
            reader.transferTo(new Limits.Bounded(text, LONGEST));
        } finally {
            loader.closeTemplateSource(found);
        }
        String source = text.toString();
        if (MADE_ON_THE_WAY.matcher(source).find()) {
            throw new IOException("?interpret and ?eval are not for templates of reports");
        }
        return source;
    }

    @Override
    public long getLastModified(Object source) {
        return -1;
    }

    @Override
    public Reader getReader(Object source, String encoding) {
        Source template = (Source) source;
        read.add(template);
        return new StringReader(template.text());
    }

    @Override
    public void closeTemplateSource(Object source) {}
}
