package dev.muster.template;

import dev.muster.drill.CouldNotRun;
import dev.muster.drill.Problem;
import freemarker.cache.NullCacheStorage;
import freemarker.core.ParseException;
import freemarker.core._CoreAPI;
import freemarker.template.Configuration;
import freemarker.template.SimpleObjectWrapper;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import freemarker.template.TemplateNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Renders templates that can neither run code, nor read other files, nor go on for ever. */
public final class Templates {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]*(/[a-z0-9][a-z0-9-]*)*\\.(ftlh|ftl)");
    private static final Pattern DATA = Pattern.compile("[a-z0-9][a-z0-9-]*\\.json");
    private static final Limits LIMITS = new Limits(Duration.ofSeconds(20), 64 * 1024 * 1024);

    private final Optional<Path> overrides;
    private final Limits limits;

    /** Takes a template from the organisation's own folder when it is there, and the shipped one otherwise. */
    public Templates(Optional<Path> overrides) {
        this(overrides, LIMITS);
    }

    Templates(Optional<Path> overrides, Limits limits) {
        this.overrides = overrides;
        this.limits = limits;
    }

    /**
     * Renders a template; {@code .ftlh} is HTML and escapes every value, {@code .ftl} is plain text.
     *
     * @param model maps, lists, strings, numbers and booleans only
     */
    public Rendered render(String name, Map<String, Object> model) throws InterruptedException {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("no name of a template: " + name);
        }
        PlainModel.demand(model);
        try {
            LayeredSources sources = new LayeredSources(overrides);
            // Reading it can take for ever as well.
            String text = limits.keep(
                    output -> configuration(name, sources).getTemplate(name).process(model, output));
            return new Rendered(text, sources.sha256(), sources.customised());
        } catch (TemplateNotFoundException missing) {
            throw trouble(
                    "There is no such template", "templates/" + name, "Put it back, or remove what names it.", missing);
        } catch (ParseException unreadable) {
            throw trouble(
                    "The template cannot be read: " + firstLine(unreadable.getEditorMessage()),
                    place(unreadable.getTemplateName(), name, unreadable.getLineNumber()),
                    "Correct the template there, or remove your own copy to use the shipped one.",
                    unreadable);
        } catch (TemplateException failed) {
            throw trouble(
                    "The template cannot be rendered: " + firstLine(failed.getMessageWithoutStackTop()),
                    place(failed.getTemplateSourceName(), name, failed.getLineNumber()),
                    "Correct the template there, or remove your own copy to use the shipped one.",
                    failed);
        } catch (Limits.Exceeded exceeded) {
            throw trouble(
                    "The template was stopped: " + exceeded.getMessage(),
                    "templates/" + name,
                    "Look for a loop in it, or remove your own copy to use the shipped one.",
                    exceeded);
        } catch (IOException | SecurityException | IllegalArgumentException failed) {
            throw trouble(
                    "The template cannot be read (" + failed.getMessage() + ")",
                    "templates/" + name,
                    "Correct it, make it readable for the user who runs Muster, or remove your own copy to use the"
                            + " shipped one.",
                    failed);
        }
    }

    /** Hands out a file of data as it lies in the organisation's folder, and the shipped one otherwise. */
    public Rendered data(String name) {
        if (!DATA.matcher(name).matches()) {
            throw new IllegalArgumentException("no name of data: " + name);
        }
        try {
            LayeredSources sources = new LayeredSources(overrides);
            String text = sources.text(name);
            return new Rendered(text, sources.sha256(), sources.customised());
        } catch (IOException | SecurityException failed) {
            throw trouble(
                    "The data cannot be read (" + failed.getMessage() + ")",
                    "templates/" + name,
                    "Make it readable for the user who runs Muster, or remove your own copy to use the shipped one.",
                    failed);
        }
    }

    /** A configuration of its own for each rendering: nothing is cached, so the digest is of what was used. */
    private static Configuration configuration(String name, LayeredSources sources) {
        Configuration configuration = new Stoppable();
        configuration.setTemplateLoader(sources);
        configuration.setCacheStorage(NullCacheStorage.INSTANCE);
        configuration.setObjectWrapper(new SimpleObjectWrapper(SafeLanguage.BEHAVIOUR));
        SafeLanguage.demand(configuration, name.endsWith(".ftlh"));
        return configuration;
    }

    /** Hands out templates, included ones too, whose loops can be stopped even when they write nothing. */
    private static final class Stoppable extends Configuration {
        Stoppable() {
            super(SafeLanguage.BEHAVIOUR);
        }

        @Override
        public @Nullable Template getTemplate(
                String name,
                @Nullable Locale locale,
                @Nullable Object condition,
                @Nullable String encoding,
                boolean parse,
                boolean mayBeMissing)
                throws IOException {
            Template template = super.getTemplate(name, locale, condition, encoding, parse, mayBeMissing);
            if (template != null) {
                _CoreAPI.addThreadInterruptedChecks(template);
            }
            return template;
        }
    }

    private static String place(@Nullable String template, String fallback, @Nullable Integer line) {
        return "templates/" + (template == null ? fallback : template) + (line != null && line > 0 ? ":" + line : "");
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("").replaceAll("[.:]$", "");
    }

    private static CouldNotRun trouble(String what, String where, String remedy, Exception cause) {
        return new CouldNotRun(new Problem(what, where, remedy), cause);
    }
}
