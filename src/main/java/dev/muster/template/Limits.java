package dev.muster.template;

import freemarker.template.TemplateException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How long a rendering may take, and how long its text may become. */
record Limits(Duration time, int characters) {

    /** A rendering that writes where it is told. */
    interface Rendering {
        void into(Writer output) throws TemplateException, IOException;
    }

    /** A limit was met. */
    static final class Exceeded extends IOException {
        private static final long serialVersionUID = 1;

        Exceeded(String what) {
            super(what);
        }
    }

    String keep(Rendering rendering) throws TemplateException, IOException, InterruptedException {
        FutureTask<String> task = new FutureTask<>(() -> {
            StringWriter text = new StringWriter();
            rendering.into(new Bounded(text, characters));
            return text.toString();
        });
        Thread thread = new Thread(task, "rendering");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException tooLong) {
            throw new Exceeded("it takes longer than " + time.toMillis() + " ms");
        } catch (ExecutionException failed) {
            throw unwrapped(failed);
        } finally {
            task.cancel(true);
        }
    }

    private static IOException unwrapped(ExecutionException failed) throws TemplateException {
        Throwable cause = failed.getCause();
        if (cause instanceof TemplateException template) {
            throw template;
        }
        if (cause instanceof IOException input) {
            return input;
        }
        if (cause instanceof StackOverflowError) {
            return new Exceeded("it is nested, or calls itself, too deeply");
        }
        if (cause instanceof OutOfMemoryError) {
            return new Exceeded("it needs more memory than there is");
        }
        return new IOException(cause);
    }

    /** Takes no more than so many characters. */
    static final class Bounded extends Writer {
        private final Writer target;
        private final int limit;
        private int written;

        Bounded(Writer target, int limit) {
            this.target = target;
            this.limit = limit;
        }

        @Override
        public void write(char[] characters, int offset, int length) throws IOException {
            if (length > limit - written) {
                throw new Exceeded("it has more than " + limit + " characters");
            }
            written += length;
            target.write(characters, offset, length);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
