using System.Management.Automation;
using CsCheck;

namespace WixInbox.PowerShell.Tests;

/// <summary>The file with what became of each row, Send-WixInboxMessage -ResultPath: what is in it.</summary>
public sealed class ResultFileTests : ResultFileRuns
{
    [Fact]
    public void Each_row_is_in_it_in_its_order_with_its_own_columns()
    {
        Site.On("x 2", Mishap.NotFound);

        var result = Send("Rows 1, 2, 3 | Send-WixInboxMessage -ResultPath $results");

        var rows = Results();
        Assert.Equal(Header, File.ReadLines(Path).First());
        Assert.Equal(["A-1", "A-2", "A-3"], rows.OutputOf("Order"));
        Assert.Equal(["1", "2", "3"], rows.OutputOf("Row"));
        Assert.Equal(["Sent", "Failed", "Sent"], rows.OutputOf("State"));
        Assert.Equal(["Succeeded", "Rejected", "Succeeded"], rows.OutputOf("Outcome"));
        Assert.Equal(["", Assert.Single(result.Errors).ToString(), ""], rows.OutputOf("Error"));
        Assert.Equal(result.OutputOf("Id"), new[] { rows.OutputOf("MessageId")[0], rows.OutputOf("MessageId")[2] });
        Assert.Equal(
            [rows.OutputOf("ConversationId")[0], "", rows.OutputOf("ConversationId")[2]],
            rows.OutputOf("MessageConversationId"));
        Assert.Equal(result.Output.Count, Site.Delivered.Length);
        Assert.All(rows.OutputOf("ConversationId"), id => Assert.StartsWith("5f0c7f3e", id, StringComparison.Ordinal));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", rows.OutputOf("Time")[0]);
        Assert.Equal("", rows.OutputOf("Time")[1]);
    }

    [Fact]
    public void A_cell_that_does_not_become_a_text_is_empty_in_it_and_its_row_is_one_like_any_other()
    {
        var result = Send("""
            class Mute { [string] ToString() { throw 'no' } }
            Rows 1, 2 | ForEach-Object { if ($_.Order -eq 'A-1') { $_.Order = [Mute]::new() }; $_ } |
                Send-WixInboxMessage -ResultPath $results
            """);

        Assert.Equal(2, result.Output.Count);
        Assert.Equal(["", "A-2"], Results().OutputOf("Order"));
    }

    [Fact]
    public void That_of_a_run_that_is_still_writing_it_is_not_replaced()
    {
        Send("Rows 1 | Send-WixInboxMessage -ResultPath $results");
        using var other = new FileStream(Path, FileMode.Open, FileAccess.Write, FileShare.Read);

        var result = Send("Rows 2 | Send-WixInboxMessage -ResultPath $results");

        Assert.Contains("ResultUnwritable", result.ErrorIds);
        Assert.Equal(["A-1"], Results().OutputOf("Order"));
        Assert.Single(Site.Delivered);
    }

    [Fact]
    public void A_contact_of_Wix_has_its_line_and_the_journal_is_let_go()
    {
        const string Line =
            "Get-WixInboxContact ada@example.com | Send-WixInboxMessage x -ResultPath $results -Journal $journal";

        var result = Send($"Connect-WixInbox -Sandbox; {Line}; {Line}");

        Assert.Null(result.Thrown);
        Assert.Empty(result.Errors);
        Assert.Equal("AlreadySent", Assert.Single(Results().OutputOf("State")));
    }

    [Fact]
    public void So_is_one_that_cannot_be_read()
    {
        var result = Send("""
            Rows 1, 2 | ForEach-Object {
                $total = [psscriptproperty]::new('Total', { if ($this.Order -eq 'A-1') { throw 'no' }; 7 })
                $_.PSObject.Properties.Add($total)
                $_
            } | Send-WixInboxMessage -ResultPath $results
            """);

        Assert.Equal(2, result.Output.Count);
        Assert.Equal(["", "7"], Results().OutputOf("Total"));
        Assert.Equal(["Sent", "Sent"], Results().OutputOf("State"));
    }

    [Fact]
    public void A_column_that_a_later_row_lacks_is_empty_in_it()
    {
        var result = Send(
            $"{RowWith("Name = 'Ana'")}, {RowWith("Nickname = 'Bo'")} | Send-WixInboxMessage -ResultPath $results");

        Assert.Equal(2, result.Output.Count);
        Assert.Equal(["Ana", ""], Results().OutputOf("Name"));
        Assert.Equal(["Sent", "Sent"], Results().OutputOf("State"));
    }

    [Fact]
    public void Columns_that_only_later_rows_have_are_told_of_once_before_the_first_of_these_is_sent()
    {
        Site.On("x 1", Mishap.NotFound);
        var (a, b) = (RowWith("Name = 'Ana'"), RowWith("'E mail' = 'b'; Vorname = 'Bo'"));

        var result = Send($"{a}, {b}, {a}, {b} | Send-WixInboxMessage -ResultPath $results");

        Assert.Equal(
            "Row 2: the row has columns that the first row does not have, and the result file has no place for what "
                + "stands in them: E mail, Vorname. A row of the file that is sent again lacks them. Send rows with "
                + "other columns, as those of a second file, by a command of their own, with a -ResultPath of its own.",
            Assert.Single(result.Warnings, one => one.Contains("result file", StringComparison.Ordinal)));
        Assert.Equal(4, Results().Output.Count);

        var stopped = Send(
            $"{a.Replace("x 1", "x 3", StringComparison.Ordinal)}, {b.Replace("x 1", "x 4", StringComparison.Ordinal)} "
                + "| Send-WixInboxMessage -ResultPath $results -WarningAction Stop");

        Assert.NotNull(stopped.Thrown);
        Assert.DoesNotContain("x 4", Site.Delivered);
    }

    [Theory]
    [InlineData("Name = 'Ana'", "name = 'Bo'")]
    [InlineData("Name = 'Ana'; City = 'Cork'", "City = 'Cork'")]
    public void Rows_whose_columns_have_a_place_in_it_are_not_told_of(string first, string second)
    {
        var result = Send($"{RowWith(first)}, {RowWith(second)} | Send-WixInboxMessage -ResultPath $results");

        Assert.DoesNotContain(result.Warnings, one => one.Contains("result file", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-Journal $journal")]
    public void One_object_that_is_used_for_all_rows_is_in_it_as_it_was_when_each_came(string parameters)
    {
        RunWell("Rows 1, 2 | Send-WixInboxMessage -Journal $journal");
        Site.On("y 2", Mishap.NotFound);

        Send(
            "$row = (Rows 3); 1, 2, 3 | ForEach-Object { $row.Order = \"A-$_\"; $row.Text = \"y $_\"; "
                + "$row.ConversationId = (Rows $_).ConversationId; $row } | "
                + $"Send-WixInboxMessage -ResultPath $results {parameters} -SkipCheck TextChanged");

        var rows = Results();
        Assert.Equal(["A-1", "A-2", "A-3"], rows.OutputOf("Order"));
        Assert.Equal(["y 1", "y 2", "y 3"], rows.OutputOf("Text"));
        Assert.Equal(["Sent", "Failed", "Sent"], rows.OutputOf("State"));
    }

    [Fact]
    public void So_it_is_where_rows_are_held_back_and_not_sent()
    {
        RunWell("Rows 1 | Send-WixInboxMessage -Journal $journal");

        // The first is held, since the journal knows its recipient by another text, until the next, which is known.
        Send(
            "$row = (Rows 3); $row.Order = 'A-0'; $row.Text = 'y'; $row.ConversationId = (Rows 1).ConversationId; "
                + "& { $row; $row.Order = 'A-1'; $row.Text = 'x 1'; $row } | "
                + "Send-WixInboxMessage -ResultPath $results -Journal $journal");

        Assert.Equal(["A-0", "A-1"], Results().OutputOf("Order"));
        Assert.Equal(["Sent", "AlreadySent"], Results().OutputOf("State"));
    }

    [Fact]
    public void A_row_of_it_that_is_sent_again_is_known_to_the_journal()
    {
        Send("Contacts 1, 2 | Send-WixInboxMessage -Journal $journal -ResultPath $results");

        var again = Send("Import-Csv $results | Send-WixInboxMessage -Journal $journal");

        Assert.Empty(again.Output);
        Assert.Equal(2, Site.Delivered.Length);
    }

    [Fact]
    public void It_has_a_mark_by_which_Excel_knows_UTF_8()
    {
        Send(RowWith("Name = 'João'") + " | Send-WixInboxMessage -ResultPath $results");

        Assert.Equal([0xEF, 0xBB, 0xBF], File.ReadAllBytes(Path).Take(3));
        Assert.Equal(["João"], Results().OutputOf("Name"));
    }

    [Theory]
    [InlineData("[datetimeoffset] '2026-11-29T02:13:27.5+01:00'", "2026-11-29T02:13:27+01:00")]
    [InlineData("[datetime] '2026-11-29 02:13'", "2026-11-29T02:13:00")]
    [InlineData("[psobject]::AsPSObject([datetime] '2026-11-29 02:13')", "2026-11-29T02:13:00")]
    [InlineData("[ordered] @{ a = 1; b = 'x y' }", "a=1; b=x y")]
    [InlineData("[ordered] @{ a = 1.5; b = [datetime] '2026-11-30 10:00' }", "a=1.5; b=2026-11-30T10:00:00")]
    [InlineData("[datetime] '2026-11-30 10:00', 1.5", "2026-11-30T10:00:00 1.5")]
    [InlineData("$map = [Collections.Generic.Dictionary[string, int]]::new(); $map.a = 1; $map", "a=1")]
    [InlineData("@{}", "")]
    [InlineData("@('a@example.com', 'b@example.com')", "a@example.com b@example.com")]
    public void A_value_that_is_no_text_is_in_it_as_somebody_reads_it(string value, string expected)
    {
        Send("[cultureinfo]::CurrentCulture = 'de-DE'; "
            + RowWith($"Value = $({value})") + " | Send-WixInboxMessage -ResultPath $results");

        Assert.Equal([expected], Results().OutputOf("Value"));
    }

    [Theory]
    [InlineData("1.5", "1.5")]
    [InlineData("[datetime] '2026-11-30 10:00'", "2026-11-30T10:00:00")]
    public void A_row_that_has_no_columns_is_in_it_as_somebody_reads_it(string row, string expected)
    {
        Send("[cultureinfo]::CurrentCulture = 'de-DE'; "
            + $"{row} | Send-WixInboxMessage x -ConversationId {Engine.Guid1} -ResultPath $results");

        Assert.Equal([expected], Results().OutputOf("InputObject"));
    }

    [Fact]
    public void Rows_that_this_run_has_nothing_to_do_with_are_in_it_as_such()
    {
        Site.On("x 2", Mishap.NotFound);
        Send("Rows 1, 2 | Send-WixInboxMessage -Journal $journal");

        Send("Rows 1, 2, 3, 3 | Send-WixInboxMessage -Journal $journal -SkipDuplicate -ResultPath $results");

        var rows = Results();
        Assert.Equal(["AlreadySent", "AlreadyFailed", "Sent", "Duplicate"], rows.OutputOf("State"));
        Assert.NotEqual("", rows.OutputOf("MessageId")[0]);
        Assert.Equal(["", "", "Succeeded", ""], rows.OutputOf("Outcome"));
    }

    [Fact]
    public void Messages_that_an_earlier_run_has_sent_are_returned_and_are_in_it_once()
    {
        RunWell("Rows 1 | Send-WixInboxMessage -Journal $journal");

        var result = Send("Rows 1 | Send-WixInboxMessage -Journal $journal -IncludeAlreadySent -ResultPath $results");

        Assert.Single(result.Output);
        Assert.Equal(["AlreadySent"], Results().OutputOf("State"));
    }

    [Fact]
    public void A_row_that_somebody_declined_is_in_it()
    {
        Host.Answers.Enqueue(2);
        Host.Answers.Enqueue(0);

        Send("Rows 1, 2 | Send-WixInboxMessage -Confirm -ResultPath $results");

        Assert.Equal(["Declined", "Sent"], Results().OutputOf("State"));
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1+1", "'\t=1+1")]
    [InlineData("\r\n=1+1", "'\r\n=1+1")]
    [InlineData("\n=1+1", "'\n=1+1")]
    [InlineData("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0")]
    [InlineData("-1+A1", "'-1+A1")]
    [InlineData("+49 170 1234567", "+49 170 1234567")]
    [InlineData("+49 170'", "+49 170'")]
    [InlineData("-12.50", "-12.50")]
    [InlineData("'007", "''007")]
    [InlineData("'=1+1", "''=1+1")]
    [InlineData("'+49 170'", "'+49 170'")]
    [InlineData("a \"b\", c;\r\nd", "a \"b\", c;\r\nd")]
    [InlineData("  blanks ", "  blanks ")]
    public void A_cell_is_what_it_was_and_no_formula(string value, string expected)
    {
        Engine.Set("value", value);

        Send(RowWith("Note = $value") + " | Send-WixInboxMessage -ResultPath $results");

        Assert.Equal([expected], Results().OutputOf("Note"));
    }

    [Fact]
    public void Whatever_is_in_a_cell_is_read_back_from_it() =>
        Gen.String[Gen.Char["'=+-@\t\r\n1a\", (.|:\u00A0"], 1, 6].Array[400].Sample(
            cells =>
            {
                Engine.Set("cells", cells);

                var result = Send($$"""
                    $row = [ordered]@{ ConversationId = '{{Engine.Guid1}}' }
                    for ($n = 0; $n -lt $cells.Count; $n++) { $row["c$n"] = $cells[$n] }
                    $null = [pscustomobject]$row | Send-WixInboxMessage x -ResultPath $results
                    $read = Import-WixInboxCsv $results
                    for ($n = 0; $n -lt $cells.Count; $n++) { $read."c$n" }
                    """);

                Assert.Equal(cells, result.Output.Select(one => one.ToString()));
            },
            iter: 5,
            threads: 1);

    [Theory]
    [InlineData("", 1)]
    [InlineData("| Where-Object State -in Failed, NotTried", 0)]
    [InlineData("| Select-Object ConversationId, Order, Text, State", 0)]
    public void A_row_of_it_that_was_sent_is_told_of_before_it_is_sent_again(string filter, int warnings)
    {
        Site.On("x 2", Mishap.NotFound);
        Send("Rows 1, 2, 3 | Send-WixInboxMessage -ResultPath $results");

        var result = Send($"Import-Csv $results {filter} | Send-WixInboxMessage -ThrottleLimit 1 3>&1");

        Assert.Equal(warnings, result.Output.Count(one => one.BaseObject is WarningRecord));
        Assert.Equal(warnings == 1, result.Output[0].ToString().StartsWith(
            "Row 1: the rows are those of a result file", StringComparison.Ordinal));
    }

    [Fact]
    public void So_is_one_that_may_have_been_sent()
    {
        Site.On("x 1", Mishap.ResetAfter);
        var first = Send("Rows 1, 2 | Send-WixInboxMessage -ResultPath $results -OnAmbiguous Skip");

        var again = Send("Import-Csv $results | Where-Object State -in Unknown | Send-WixInboxMessage");

        Assert.Single(first.Errors);
        Assert.Equal(["Unknown", "Sent"], Results().OutputOf("State"));
        Assert.StartsWith(
            "Row 1: the rows are those of a result file, by which this one may have been sent. It is sent again",
            Assert.Single(again.Warnings),
            StringComparison.Ordinal);
        Assert.Empty(Send("Import-Csv $results | Where-Object 'State' -in Failed, NotTried").Output);
    }

    [Fact]
    public void So_is_one_of_rows_that_have_a_column_State_themselves()
    {
        Send(RowWith("State = 'NY'") + " | Send-WixInboxMessage -ResultPath $results");

        var again = Send("Import-Csv $results | Send-WixInboxMessage -ResultPath $results");

        Assert.Contains(again.Warnings, warning => warning.EndsWith(
            "Where-Object 'State 2' -in Failed, NotTried.", StringComparison.Ordinal));
        Assert.StartsWith(
            "\"ConversationId\",\"State\",\"Text\",\"Row\",\"State 2\",\"Outcome\",",
            File.ReadLines(Path).First(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_of_a_table_of_a_database_have_the_columns_of_the_table()
    {
        Send($$"""
            $table = [Data.DataTable]::new()
            'ConversationId', 'Text' | ForEach-Object { $null = $table.Columns.Add($_) }
            $null = $table.Rows.Add('{{Engine.Guid1}}', 'x 1')
            $table.Rows | Send-WixInboxMessage -ResultPath $results
            """);

        Assert.StartsWith(
            "\"ConversationId\",\"Text\",\"Row\",", File.ReadLines(Path).First(), StringComparison.Ordinal);
        Assert.Equal(["x 1"], Site.Delivered);
    }

    [Fact]
    public void A_column_of_the_rows_that_is_called_State_is_kept()
    {
        var result = Send(RowWith("State = 'Ohio'; Time = 'now'") + " | Send-WixInboxMessage -ResultPath $results");

        Assert.EndsWith(
            "The results are in State 2, Time 2.", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Equal(["Ohio"], Results().OutputOf("State"));
        Assert.Equal(["Sent"], Results().OutputOf("State 2"));
    }

    [Fact]
    public void Rows_without_columns_are_in_it_as_they_are()
    {
        Send($"'{Engine.Guid1}' | Send-WixInboxMessage -ConversationId {{ $_ }} -Text 'x 1' -ResultPath $results");

        Assert.Equal([Engine.Guid1], Results().OutputOf("InputObject"));
        Assert.Equal(["Sent"], Results().OutputOf("State"));
    }

    [Fact]
    public void A_row_without_columns_among_others_has_nothing_in_theirs()
    {
        Send(
            $"{RowWith("Name = 'Ana'")}, '{Engine.Guid2}' | "
                + "Send-WixInboxMessage -ConversationId { $_.ConversationId ?? $_ } x -ResultPath $results");

        Assert.Equal(["Ana", ""], Results().OutputOf("Name"));
        Assert.Equal(["Sent", "Sent"], Results().OutputOf("State"));
    }

    [Fact]
    public void A_run_to_which_no_row_comes_has_none()
    {
        var result = Send("@() | Send-WixInboxMessage -ResultPath $results");

        Assert.Null(result.Thrown);
        Assert.Empty(result.Errors);
        using var file = File.Open(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.Equal(0, file.Length);
    }

    [Fact]
    public void Rows_are_not_those_of_a_result_file_by_their_last_column_alone()
    {
        Send(
            $"[pscustomobject]@{{ ConversationId = '{Engine.Guid1}'; A = 1; B = 2; C = 3; D = 4; E = 5; Time = 6 }} | "
                + "Send-WixInboxMessage x -ResultPath $results");

        Assert.StartsWith(
            "\"ConversationId\",\"A\",\"B\",\"C\",\"D\",\"E\",\"Time\",\"Row\",",
            File.ReadLines(Path).First(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_after_a_row_that_is_a_text_is_an_empty_cell()
    {
        Send($"'{Engine.Guid1}', $null | Send-WixInboxMessage -ConversationId {{ $_ }} x -ResultPath $results");

        Assert.Equal([Engine.Guid1, ""], Results().OutputOf("InputObject"));
        Assert.Equal(["Sent", "Failed"], Results().OutputOf("State"));
    }

    [Fact]
    public void A_message_that_is_typed_has_no_columns_of_its_own_in_it()
    {
        Send($"Send-WixInboxMessage -ConversationId {Engine.Guid1} x -ResultPath $results");

        var header = File.ReadLines(Path).First();
        Assert.StartsWith("\"Row\",\"State\",", header, StringComparison.Ordinal);
        Assert.Equal(["Sent"], Results().OutputOf("State"));

        // Nor has a row that is sent by this file.
        Engine.Set("again", Folder.File("again.csv"));
        Send("Import-Csv $results | "
            + "Send-WixInboxMessage -ConversationId { $_.MessageConversationId } y -ResultPath $again");
        Assert.Equal(header, File.ReadLines(Folder.File("again.csv")).First());
    }

    [Fact]
    public void Rows_of_a_result_file_do_not_replace_one()
    {
        Site.On("x 1", Mishap.NotFound);
        Send("Rows 1, 2 | Send-WixInboxMessage -ResultPath $results");
        Engine.Set("again", Folder.File("again.csv"));

        var result = Send("Import-WixInboxCsv $results | Where-Object State -eq Failed | "
            + "Send-WixInboxMessage -ResultPath $results");

        Assert.Equal(["ResultUnwritable"], result.ErrorIds);
        Assert.Contains("Name another file. Nothing was sent.", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Equal(["Failed", "Sent"], Results().OutputOf("State"));
        Send("Import-WixInboxCsv $results | Where-Object State -eq Failed | Send-WixInboxMessage -ResultPath $again");
        var again = RunWell("Import-Csv $again");
        Assert.Equal(["A-1", "Sent"], [.. again.OutputOf("Order"), .. again.OutputOf("State")]);
        Assert.Equal(Header, File.ReadLines(Folder.File("again.csv")).First());
    }

    private static string RowWith(string column) =>
        $"[pscustomobject]@{{ ConversationId = '{Engine.Guid1}'; {column}; Text = 'x 1' }}";
}
