package dev.muster.web.pages;

import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A page's address with what it asks for, to be asked again a little differently. */
public final class Address {
    private static final int LONGEST = 200;

    private final String path;
    private final Map<String, String> values;
    private final long leaf;

    private Address(String path, Map<String, String> values, long leaf) {
        this.path = path;
        this.values = values;
        this.leaf = leaf;
    }

    /** What a request asks for, as far as the page knows its names. */
    public static Address of(Context request, List<String> names) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String name : names) {
            Optional.ofNullable(request.queryParam(name))
                    .map(String::strip)
                    .filter(value -> !value.isEmpty() && value.length() <= LONGEST)
                    .ifPresent(value -> values.put(name, value));
        }
        String leaf = Optional.ofNullable(request.queryParam("page")).orElse("1");
        return new Address(request.path(), values, leaf.matches("[1-9][0-9]{0,6}") ? Long.parseLong(leaf) : 1);
    }

    public Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    public Map<String, Object> values() {
        return new LinkedHashMap<>(values);
    }

    /** Which page of the table it asks for, counted from one. */
    public long leaf() {
        return leaf;
    }

    public String leaf(long number) {
        return with(number == 1 ? Map.of() : Map.of("page", Long.toString(number)));
    }

    /** Quarters with the address that asks for each, and which of them is asked for. */
    public List<Map<String, Object>> quarters(List<Map<String, Object>> offered) {
        List<Map<String, Object>> quarters = new ArrayList<>();
        for (Map<String, Object> quarter : offered) {
            Map<String, Object> row = new LinkedHashMap<>(quarter);
            String from = String.valueOf(quarter.get("from"));
            String to = String.valueOf(quarter.get("to"));
            row.put("address", with(Map.of("from", from, "to", to)));
            row.put(
                    "here",
                    value("from").equals(Optional.of(from)) && value("to").equals(Optional.of(to)));
            quarters.add(row);
        }
        return quarters;
    }

    private String with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(values);
        all.putAll(more);
        StringBuilder address = new StringBuilder(path);
        all.forEach((name, value) -> address.append(address.indexOf("?") < 0 ? '?' : '&')
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return address.toString();
    }
}
