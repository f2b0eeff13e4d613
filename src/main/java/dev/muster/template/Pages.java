package dev.muster.template;

import freemarker.cache.ClassTemplateLoader;
import freemarker.template.Configuration;
import freemarker.template.SimpleObjectWrapper;
import freemarker.template.SimpleScalar;
import freemarker.template.TemplateException;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Renders the pages of the service: from the shipped templates only, each read once. */
public final class Pages {
    private final Configuration configuration = new Configuration(SafeLanguage.BEHAVIOUR);

    public Pages() {
        configuration.setTemplateLoader(new ClassTemplateLoader(Pages.class, "/templates"));
        configuration.setTemplateUpdateDelayMilliseconds(Long.MAX_VALUE);
        configuration.setObjectWrapper(new LegibleWrapper());
        configuration.setURLEscapingCharset("UTF-8");
        SafeLanguage.demand(configuration, true);
    }

    /**
     * Renders a page; every value is escaped, and what would be invisible or turn the text around it becomes a mark.
     *
     * @param name the template's below {@code templates/pages}, without its ending
     * @param model maps, lists, strings, numbers and booleans only
     */
    public String render(String name, Map<String, Object> model) {
        PlainModel.demand(model);
        StringWriter text = new StringWriter(32 * 1024);
        try {
            configuration.getTemplate("pages/" + name + ".ftlh").process(model, text);
        } catch (TemplateException | IOException broken) {
            // These templates are the program's own: whoever runs it cannot mend them.
            throw new IllegalStateException("the page " + name + " cannot be rendered", broken);
        }
        return text.toString();
    }

    /** Names come from runbooks, backups and people, who may be hostile. */
    private static final class LegibleWrapper extends SimpleObjectWrapper {
        LegibleWrapper() {
            super(SafeLanguage.BEHAVIOUR);
        }

        @Override
        public @Nullable TemplateModel wrap(@Nullable Object value) throws TemplateModelException {
            return value instanceof String text ? new SimpleScalar(Legible.of(text)) : super.wrap(value);
        }
    }
}
