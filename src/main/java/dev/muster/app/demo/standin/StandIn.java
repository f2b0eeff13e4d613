package dev.muster.app.demo.standin;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;

/** Takes Odoo's own options and answers its calls until it is ended. */
public final class StandIn {
    private StandIn() {}

    public static void main(String... arguments) throws IOException, SQLException {
        Map<String, String> options = options(arguments);
        Books books = new Books(
                option(options, "db_host"),
                option(options, "db_port"),
                option(options, "db_user"),
                option(options, "database"));
        // Odoo reads its modules from the database before it listens, and does not come up without them.
        try (Connection connection = books.connect()) {
            System.err.println("INFO stand-in: " + books.modules(connection) + " modules loaded");
        }
        Path filestore = Path.of(option(options, "data-dir"), "filestore", option(options, "database"));
        HttpServer server = HttpServer.create(
                new InetSocketAddress(
                        option(options, "http-interface"), Integer.parseInt(option(options, "http-port"))),
                0);
        server.createContext("/", new Endpoints(books, filestore));
        server.setExecutor(Executors.newFixedThreadPool(4));
        server.start();
        System.err.println("INFO stand-in: listening");
    }

    private static Map<String, String> options(String... arguments) {
        Map<String, String> options = new HashMap<>(Map.of("http-interface", "127.0.0.1"));
        for (int i = 0; i < arguments.length; i++) {
            String[] option = arguments[i].replaceFirst("^--", "").split("=", 2);
            if (option.length == 2) {
                options.put(option[0], option[1]);
            } else if (i + 1 < arguments.length && !arguments[i + 1].startsWith("--")) {
                options.put(option[0], arguments[++i]);
            }
        }
        return options;
    }

    private static String option(Map<String, String> options, String name) {
        String value = options.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the option --" + name + " is missing");
        }
        return value;
    }
}
