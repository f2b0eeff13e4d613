package dev.muster.template;

import freemarker.core.HTMLOutputFormat;
import freemarker.core.PlainTextOutputFormat;
import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.TemplateExceptionHandler;
import freemarker.template.Version;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.TimeZone;

/** What the language of templates may and may not do, whoever wrote them. */
final class SafeLanguage {
    static final Version BEHAVIOUR = new Version(2, 3, 34);

    private SafeLanguage() {}

    static void demand(Configuration configuration, boolean html) {
        configuration.setLocalizedLookup(false);
        configuration.setDefaultEncoding(StandardCharsets.UTF_8.name());
        configuration.setLocale(Locale.ROOT);
        configuration.setNumberFormat("computer");
        configuration.setTimeZone(TimeZone.getTimeZone("UTC"));
        configuration.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
        configuration.setAPIBuiltinEnabled(false);
        // While standard extensions are recognised, .ftlh silently replaces the forced policy by a milder one.
        configuration.setRecognizeStandardFileExtensions(false);
        configuration.setOutputFormat(html ? HTMLOutputFormat.INSTANCE : PlainTextOutputFormat.INSTANCE);
        if (html) {
            configuration.setAutoEscapingPolicy(Configuration.FORCE_AUTO_ESCAPING_POLICY);
        }
        configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        configuration.setLogTemplateExceptions(false);
        // What a template tries and has an answer for is nobody else's concern.
        configuration.setAttemptExceptionReporter((failed, environment) -> {});
        configuration.setWrapUncheckedExceptions(true);
    }
}
