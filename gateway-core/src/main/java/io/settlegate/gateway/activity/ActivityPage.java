package io.settlegate.gateway.activity;

import io.settlegate.gateway.inspection.ShownTime;
import io.settlegate.gateway.pages.Cell;
import io.settlegate.gateway.pages.Heading;
import io.settlegate.gateway.pages.Page;
import io.settlegate.gateway.pages.Table;
import io.settlegate.gateway.settlement.VoucherActivation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** A report as a printable page, its rates as bars with the target as a mark. No state. */
final class ActivityPage {
    private static final String NO_MARK = "";

    private ActivityPage() {}

    static Page of(final ActivityReport report) {
        final List<Table> tables = new ArrayList<>();
        tables.add(activation(report));
        tables.add(use(report));
        tables.add(institutions(report));
        if (!report.targets().all().isEmpty()) {
            tables.add(targets(report.targets()));
        }
        return new Page(
                "医保电子凭证应用情况表",
                "Activity report: use of e-vouchers",
                "截至 " + report.span().to(),
                "plain",
                List.of(
                        new Page.Fact(
                                "期间",
                                "from, to",
                                report.span().from() + " 至 " + report.span().to()),
                        new Page.Fact(
                                "截至记录",
                                "as of record",
                                report.lastSequence() + "，" + ShownTime.of(report.lastTimeMs()))),
                List.of(),
                tables,
                List.of(),
                List.of(),
                List.of(
                        "电子凭证 01 含扫码与刷脸：刷脸结算以 01 记录，二者不能区分。 Face and QR code are one: a face ends as credential 01.",
                        "结算按当日计，之后撤销或冲正的也计入。 A settlement counts on its day, also where it was undone later.",
                        "激活：导入过电子凭证令牌（含已过期）或曾以 01 结算的参保人。 Activated: a token was imported, or a settlement was made by 01."));
    }

    private static Table activation(final ActivityReport report) {
        final List<Table.Row> rows = new ArrayList<>();
        for (final VoucherActivation.Region region : report.regions()) {
            rows.add(Table.Row.plain(activationCells(
                    region.admdvs(),
                    region.name(),
                    Judged.of(
                            ActivityReport.activationRate(region),
                            report.targets(),
                            Target.Measure.ACTIVATION,
                            region.admdvs()))));
        }
        rows.add(Table.Row.sum(activationCells("合计", "", new Judged(report.activationRate(), Optional.empty()))));
        return new Table(
                "电子凭证激活率",
                "activation: persons with an e-voucher of persons insured, by place of insurance",
                List.of(
                        Heading.text("参保地", "insuplc_admdvs"),
                        Heading.text("名称", "name"),
                        Heading.number("参保人数", "insured"),
                        Heading.number("已激活", "activated"),
                        Heading.text("激活率 %", "rate"),
                        Heading.number("目标 %", "target"),
                        Heading.text("结果", "result")),
                rows);
    }

    private static List<Cell> activationCells(final String admdvs, final String name, final Judged judged) {
        return List.of(
                Cell.text(admdvs),
                Cell.text(name),
                Cell.number(String.valueOf(judged.rate().whole())),
                Cell.number(String.valueOf(judged.rate().part())),
                bar(judged),
                Cell.number(judged.targetPercent()),
                Cell.of(judged.shown(), judged.look()));
    }

    private static Table use(final ActivityReport report) {
        final List<Table.Row> rows = new ArrayList<>();
        for (final Map.Entry<String, SortedMap<String, Counts>> region :
                report.byRegion().entrySet()) {
            region.getValue()
                    .forEach((bucket, counts) -> rows.add(Table.Row.plain(useCells(
                            region.getKey(),
                            report.regionName(region.getKey()),
                            bucket,
                            counts,
                            Judged.of(counts.useRate(), report.targets(), Target.Measure.USE, region.getKey())))));
        }
        report.byBucket()
                .forEach((bucket, counts) -> rows.add(Table.Row.sum(
                        useCells("合计", "", bucket, counts, new Judged(counts.useRate(), Optional.empty())))));
        final List<Heading> headings = new ArrayList<>(
                List.of(Heading.text("机构所在地", "admdvs"), Heading.text("名称", "name"), Heading.text("期间", "period")));
        putCountHeadings(headings);
        headings.add(Heading.text("使用率 %", "rate"));
        headings.add(Heading.number("目标 %", "target"));
        headings.add(Heading.text("结果", "result"));
        return new Table(
                "电子凭证结算使用率",
                "use: settlements by e-voucher of all settlements, by region of the institution",
                headings,
                rows);
    }

    private static List<Cell> useCells(
            final String admdvs, final String name, final String bucket, final Counts counts, final Judged judged) {
        final List<Cell> cells = new ArrayList<>(List.of(Cell.text(admdvs), Cell.text(name), Cell.text(bucket)));
        putCounts(cells, counts);
        cells.add(bar(judged));
        cells.add(Cell.number(judged.targetPercent()));
        cells.add(Cell.of(judged.shown(), judged.look()));
        return cells;
    }

    private static Table institutions(final ActivityReport report) {
        final List<Table.Row> rows = new ArrayList<>();
        for (final ActivityReport.Institution institution :
                report.institutions().values()) {
            rows.add(Table.Row.plain(
                    institutionCells(institution.code(), institution.name(), institution.admdvs(), institution.sum())));
        }
        rows.add(Table.Row.sum(institutionCells("合计", "", "", report.sum())));
        final List<Heading> headings = new ArrayList<>(List.of(
                Heading.text("机构编号", "fixmedins_code"),
                Heading.text("机构名称", "fixmedins_name"),
                Heading.text("所在地", "admdvs")));
        putCountHeadings(headings);
        headings.add(Heading.text("使用率 %", "rate"));
        return new Table("各机构使用情况", "by institution, the whole period", headings, rows);
    }

    private static List<Cell> institutionCells(
            final String code, final String name, final String admdvs, final Counts counts) {
        final List<Cell> cells = new ArrayList<>(List.of(Cell.text(code), Cell.text(name), Cell.text(admdvs)));
        putCounts(cells, counts);
        cells.add(bar(new Judged(counts.useRate(), Optional.empty())));
        return cells;
    }

    private static Table targets(final Targets targets) {
        return new Table(
                "目标及来源",
                "targets and where they come from",
                List.of(
                        Heading.text("指标", "measure"),
                        Heading.text("地区", "region"),
                        Heading.number("目标 %", "percent"),
                        Heading.text("期限", "until"),
                        Heading.text("来源", "source")),
                targets.all().stream()
                        .map(target -> Table.Row.plain(List.of(
                                Cell.text(target.measure().shown()),
                                Cell.text(target.region()),
                                Cell.number(target.percent().toPlainString()),
                                Cell.text(target.until()),
                                Cell.text(target.source()))))
                        .toList());
    }

    private static void putCountHeadings(final List<Heading> headings) {
        headings.add(Heading.number("结算笔数", "settlements"));
        for (final Credential credential : Credential.values()) {
            headings.add(Heading.number(
                    credential.shown(),
                    credential == Credential.OTHER ? credential.english() : "mdtrt_cert_type " + credential.code()));
        }
    }

    private static void putCounts(final List<Cell> cells, final Counts counts) {
        cells.add(Cell.number(String.valueOf(counts.all())));
        for (final Credential credential : Credential.values()) {
            cells.add(Cell.number(String.valueOf(counts.of(credential))));
        }
    }

    private static Cell bar(final Judged judged) {
        final String percent = judged.rate().percent();
        return percent.isEmpty()
                ? Cell.text("—")
                : Cell.bar(
                        percent,
                        new Cell.Bar(
                                percent,
                                judged.target().isPresent() ? judged.targetPercent() : NO_MARK,
                                judged.look()));
    }
}
