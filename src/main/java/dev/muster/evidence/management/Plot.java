package dev.muster.evidence.management;

import dev.muster.evidence.report.LocalWriting;
import dev.muster.outlook.management.PeriodFigures;
import dev.muster.outlook.management.Share;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A measure of twelve months as columns, in units of a drawing 240 wide and 72 high. */
final class Plot {
    private static final double STEP = 20;
    private static final double WIDTH = 13;
    private static final double BOTTOM = 56;
    private static final double TALLEST = 50;
    private static final DateTimeFormatter LETTER = DateTimeFormatter.ofPattern("MMMMM", Locale.ENGLISH);

    private Plot() {}

    static Map<String, Object> of(Measure measure, Map<YearMonth, PeriodFigures> months, LocalWriting writing) {
        List<Map<String, Object>> columns = new ArrayList<>();
        months.forEach((month, figures) -> columns.add(column(month, measure.of(figures), columns.size())));
        Map<String, Object> model = new LinkedHashMap<>();
        model.put("title", measure.title() + " by month");
        model.put(
                "text",
                months.entrySet().stream()
                        .map(month -> ManagementModel.month(month.getKey()) + " "
                                + ManagementModel.percent(measure.of(month.getValue()), writing))
                        .collect(Collectors.joining(", ")));
        model.put("columns", columns);
        return model;
    }

    /** A month without anything to count is a gap, which is not nothing out of something. */
    private static Map<String, Object> column(YearMonth month, Share share, int number) {
        Map<String, Object> column = new LinkedHashMap<>();
        column.put("x", STEP * number + (STEP - WIDTH) / 2);
        column.put("middle", STEP * number + STEP / 2);
        column.put("letter", LETTER.format(month));
        column.put("gap", share.whole() == 0);
        column.put("full", share.whole() > 0 && share.part() == share.whole());
        double height = share.rate().map(rate -> rate.doubleValue() * TALLEST).orElse(0.0);
        double drawn = Math.round(height * 10) / 10.0;
        column.put("y", BOTTOM - drawn);
        column.put("height", drawn);
        return column;
    }
}
