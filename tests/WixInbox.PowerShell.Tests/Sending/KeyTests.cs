using System.Management.Automation;

namespace WixInbox.PowerShell.Tests;

/// <summary>By what a journal knows a row: a column, or its content.</summary>
public sealed class KeyTests : JournaledRuns
{
    [Fact]
    public void The_same_key_twice_in_a_run_is_an_error_that_names_it()
    {
        var result = Run("Rows 1, 2, 1 | Send-WixInboxMessage -Journal $journal -KeyProperty Order");

        Assert.Equal(["x 1", "x 2"], TextsOf(result));
        var error = Assert.Single(result.Errors);
        Assert.Equal("KeyRepeated", error.Id());
        Assert.Equal(ErrorCategory.InvalidData, error.CategoryInfo.Category);
        Assert.StartsWith(
            "Row 3: an earlier row has the same key: column Order is 'A-1' there too. Each row needs its own key",
            error.ToString(),
            StringComparison.Ordinal);
        Assert.Equal("A-1", ((PSObject)error.TargetObject).Properties["Order"].Value);
        Assert.Equal(2, Site.Requests);
    }

    [Fact]
    public void It_is_named_as_the_journal_has_it()
    {
        var result = Run(
            "[cultureinfo]::CurrentCulture = 'de-DE'; Rows 1, 2 | ForEach-Object { $_.Order = 7.5; $_ } | "
                + "Send-WixInboxMessage -Journal $journal -KeyProperty Order");

        Assert.Contains(
            "column Order is '7.5' there too", Assert.Single(result.Errors).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_that_fails_when_it_is_read_is_that_rows_error()
    {
        var result = Run("""
            $computed = [pscustomobject]@{ ConversationId = '5f0c7f3e-6f0e-4d3c-9b7a-000000000009'; Text = 'x' }
            $computed.PSObject.Properties.Add([psscriptproperty]::new('Order', { throw 'Not known.' }))
            @($computed) + (Rows 1) | Send-WixInboxMessage -Journal $journal -KeyProperty Order
            """);

        Assert.Null(result.Thrown);
        Assert.Equal(["x 1"], TextsOf(result));
        var error = Assert.Single(result.Errors);
        Assert.Equal("KeyMissing", error.Id());
        Assert.StartsWith(
            "Row 1: column Order, which identifies the row (-KeyProperty), cannot be read: ",
            error.ToString(),
            StringComparison.Ordinal);
        Assert.Contains("Not known.", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(["2 Sent"], States());
    }

    [Fact]
    public void A_column_whose_name_has_a_character_that_cannot_be_seen_is_named_as_it_is_written()
    {
        const string Rows = "Rows 1 | Select-Object *, @{ Name = \"$([char]0xFEFF)No.\"; Expression = 'Order' } | "
            + "Send-WixInboxMessage -Journal $journal -KeyProperty ";

        Assert.EndsWith(
            " Did you mean '<U+FEFF>No.'? It has a character that cannot be seen: "
                + "-KeyProperty \"$([char]0xFEFF)No.\". Nothing was sent.",
            Assert.Single(Run(Rows + "No.").Errors).ToString(),
            StringComparison.Ordinal);
        Assert.Single(RunWell(Rows + "\"$([char]0xFEFF)No.\"").Output);
    }

    [Fact]
    public void A_key_in_which_nothing_can_be_seen_is_none()
    {
        var result = Run(
            "Rows 1, 2 | ForEach-Object { $_.Order = [string][char]0x200B; $_ } | "
                + "Send-WixInboxMessage -Journal $journal -KeyProperty Order");

        Assert.Equal(["KeyMissing", "KeyMissing"], result.ErrorIds);
        Assert.Empty(Site.Delivered);
    }

    [Fact]
    public void A_misspelt_property_does_not_spoil_the_journal()
    {
        Assert.Equal(
            ["KeyMissing"],
            Run("Rows 1 | Send-WixInboxMessage -Journal $journal -KeyProperty Ordr").ErrorIds);

        Assert.Equal(
            ["x 1"], TextsOf(RunWell("Rows 1 | Send-WixInboxMessage -Journal $journal -KeyProperty Order")));
    }

    [Fact]
    public void A_block_is_refused_with_the_line_that_makes_a_column_of_it()
    {
        var result = Run("Rows 1 | Send-WixInboxMessage -Journal $journal -KeyProperty { $_.Order }");

        Assert.Equal(["ParameterValueInvalid"], result.ErrorIds);
        Assert.Contains(
            "Select-Object *, @{ Name = 'Key'; Expression = { $_.Order } }",
            result.Errors[0].ToString(),
            StringComparison.Ordinal);
        Assert.False(File.Exists(Journal));
    }

    [Fact]
    public void It_stays_an_error_when_the_first_of_them_was_sent_earlier()
    {
        RunWell("Rows 1 | Send-WixInboxMessage -Journal $journal -KeyProperty Order");

        Assert.Equal(
            ["KeyRepeated"], Run("Rows 1, 1 | Send-WixInboxMessage -Journal $journal -KeyProperty Order").ErrorIds);
        Assert.Equal(1, Site.Requests);
        Assert.Equal(["1 Sent"], States());
    }

    [Fact]
    public void Equal_rows_that_are_known_by_their_content_are_all_sent_once()
    {
        Assert.Equal(3, RunWell("Rows 1, 1, 1 | Send-WixInboxMessage -Journal $journal").Output.Count);
        Assert.Empty(RunWell("Rows 1, 1, 1 | Send-WixInboxMessage -Journal $journal").Output);
        Assert.Single(RunWell("Rows 1, 1, 1, 1 | Send-WixInboxMessage -Journal $journal").Output);
        Assert.Equal(4, Site.Delivered.Length);
    }

    [Theory]
    [InlineData(
        "Nr",
        "KeyMissing",
        "Row 1: there is no column Nr, which identifies the row (-KeyProperty). "
            + "The row's columns are Order, ConversationId, Text.")]
    [InlineData("Order", "KeyMissing", "Row 1: column Order, which identifies the row (-KeyProperty), is empty.")]
    [InlineData(
        "Text",
        "KeyTooLong",
        "Row 1: column Text, which identifies the row (-KeyProperty), has 257 characters, and a key has 256 at most.")]
    public void A_row_without_a_key_that_can_be_one_is_an_error(string column, string id, string words)
    {
        var result = Run(
            $"[pscustomobject]@{{ Order = ' '; ConversationId = '{Engine.Guid1}'; Text = 'x' * 257 }} | "
                + $"Send-WixInboxMessage -Journal $journal -KeyProperty {column}");

        var error = Assert.Single(result.Errors);
        Assert.Equal(id, error.Id());
        Assert.StartsWith(words, error.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("Nothing was sent.", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, Site.Requests);
        Assert.Empty(States());
    }

    [Fact]
    public void A_call_without_a_row_has_no_column()
    {
        var error = Assert.Single(
            Run($"Send-WixInboxMessage x -ConversationId {Engine.Guid1} -Journal $journal -KeyProperty Order").Errors);

        Assert.Equal("KeyMissing", error.Id());
        Assert.StartsWith("There is no column Order", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("7", "' 7 '")]
    [InlineData("7.5", "'7.5'")]
    [InlineData("[datetime]'2026-01-02T03:04:05'", "[datetime]'2026-01-02T03:04:05'")]
    [InlineData("[guid]'0d4fc8ac-52c1-4a8e-9e6f-1f1d2f3a4b5c'", "'0d4fc8ac-52c1-4a8e-9e6f-1f1d2f3a4b5c'")]
    [InlineData("('k' * 256)", "('k' * 256)")]
    [InlineData("'Zoë 😀'", "'Zoë 😀'")]
    public void Numbers_and_dates_are_keys_in_any_culture(string first, string second)
    {
        const string row =
            "[pscustomobject]@{{ Order = {0}; ConversationId = '0d4fc8ac-52c1-4a8e-9e6f-1f1d2f3a4b5c'; Text = 'x' }} | "
            + "Send-WixInboxMessage -Journal $journal -KeyProperty order";

        Assert.Single(RunWell(string.Format(null, row, first)).Output);
        Assert.Empty(RunWell("[cultureinfo]::CurrentCulture = 'de-DE'; " + string.Format(null, row, second)).Output);
    }

    [Fact]
    public void A_key_is_told_from_another_by_its_case()
    {
        var result = RunWell(
            $"'a', 'A' | ForEach-Object {{ [pscustomobject]@{{ Order = $_; ConversationId = '{Engine.Guid1}'; "
                + "Text = 'x' } } | Send-WixInboxMessage -Journal $journal -KeyProperty Order");

        Assert.Equal(2, result.Output.Count);
    }

    [Fact]
    public void Another_text_under_a_key_that_was_sent_is_not_sent_and_said_once_with_the_count_at_the_end()
    {
        RunWell("Rows (1..4) | Send-WixInboxMessage -Journal $journal -KeyProperty Order");

        // What was sent then is not known, and nobody is told that the new text was.
        var rehearsed = RunWell("Rows 2, 3 | Send-WixInboxMessage new -Journal $journal -KeyProperty Order -WhatIf");
        Assert.Contains(rehearsed.Warnings, one => one.EndsWith("would not be sent again.", StringComparison.Ordinal));
        var one = RunWell(
            "Rows 2 | Send-WixInboxMessage new -Journal $journal -KeyProperty Order -IncludeAlreadySent");
        var sent = Assert.Single(one.Output);
        Assert.Contains((string)ValueOf(sent, "Id")!, Site.DeliveredIds);
        Assert.Null(ValueOf(sent, "Content"));
        Assert.Single(one.Warnings);

        var result = RunWell(
            "Rows (1..5) | Send-WixInboxMessage -Text { if ($_.Order -ne 'A-1') { 'new' } else { $_.Text } } "
                + "-Journal $journal -KeyProperty Order");

        Assert.Equal(["new"], TextsOf(result));
        Assert.Equal(
            [
                "Row 2: its message has been changed since it was sent in an earlier run. "
                    + "It is not sent again under the same Order.",
                "3 rows were changed since an earlier run sent them, and were not sent again.",
            ],
            result.Warnings);
        Assert.Equal(5, Site.Requests);
    }

    [Fact]
    public void A_key_that_does_not_become_a_text_is_its_rows_own_error()
    {
        var result = Run("""
            class Mute { [string] ToString() { throw 'no' } }
            Rows 1, 2 | ForEach-Object { if ($_.Order -eq 'A-1') { $_.Order = [Mute]::new() }; $_ } |
                Send-WixInboxMessage -Journal $journal -KeyProperty Order
            """);

        Assert.Equal(["KeyMissing"], result.ErrorIds);
        Assert.Equal(["x 2"], TextsOf(result));
    }

    [Fact]
    public void Another_recipient_under_a_key_that_was_sent_is_the_rows_error()
    {
        RunWell("Rows (1..3) | Send-WixInboxMessage -Text x -Journal $journal -KeyProperty Order");

        // A running number, and a row that was added in front.
        var result = Run(
            "Rows 4, 1, 2, 3 | ForEach-Object { $n = 0 } { $_.Order = \"A-$((++$n))\"; $_ } | "
                + "Send-WixInboxMessage -Text x -Journal $journal -KeyProperty Order -WarningAction Stop");

        Assert.Equal(["KeyOfAnother", "KeyOfAnother", "KeyOfAnother"], result.ErrorIds.Take(3));
        Assert.StartsWith(
            "Row 1: an earlier run has sent a message to another recipient under this key: column Order is 'A-1'.",
            result.Errors[0].ToString(),
            StringComparison.Ordinal);

        // Who has it already is told of before the fourth leaves.
        Assert.Contains("under another Order", result.Thrown!.Message, StringComparison.Ordinal);
        Assert.Equal(3, Site.Delivered.Length);
    }

    [Fact]
    public void The_same_person_who_is_named_in_another_way_has_the_message()
    {
        RunWell(
            "$address = 'ada@example.com'; $person = Get-WixInboxContact $address -Connection $connection; "
                + "[pscustomobject]@{ Order = 1; Email = $address } | "
                + "Send-WixInboxMessage x -Journal $journal -KeyProperty Order -WarningAction Ignore");

        var again = RunWell(
            "[pscustomobject]@{ Order = 1; ContactId = $person.ContactId } | "
                + "Send-WixInboxMessage x -Journal $journal -KeyProperty Order");

        Assert.Empty(again.Warnings);
        Assert.Equal(1, ValueOf(again.Summary, "AlreadySent"));
        Assert.Single(Site.Delivered);
    }

    [Theory]
    [InlineData("$_.Order = $_.Order.TrimStart('A', '-'); $_", 3, 2)]
    [InlineData("$_.Order += 'x'; $_.Text += ', too'; $_", 3, 0)]
    [InlineData("if ($_.Order -eq 'A-1') { $_.Order = '1' }; $_", 1, 1)]
    public void The_same_message_under_another_key_is_said_before_it_is_sent_and_counted_at_the_end(
        string change, int sent, int warnings)
    {
        RunWell("Rows (1..3) | Send-WixInboxMessage -Journal $journal -KeyProperty Order");
        var again =
            $"Rows (1..3) | ForEach-Object {{ {change} }} | Send-WixInboxMessage -Journal $journal -KeyProperty Order";

        var stopped = warnings == 0 ? null : Run(again + " -WarningAction Stop");
        var before = Site.Delivered.Length;
        var result = RunWell(again);

        Assert.Equal(3, before);
        Assert.Equal(warnings == 0, stopped?.Thrown is null);
        Assert.Equal(3 + sent, Site.Delivered.Length);
        Assert.Equal(warnings, result.Warnings.Count);
        if (warnings > 0)
        {
            Assert.StartsWith(
                "Row 1: an earlier run has sent the same message to this recipient under another Order.",
                result.Warnings[0],
                StringComparison.Ordinal);
            Assert.EndsWith(
                "all are written to again: -WarningAction Stop ends the run before that.",
                result.Warnings[0],
                StringComparison.Ordinal);
        }

        if (warnings > 1)
        {
            Assert.Equal(
                "3 messages had new keys, and an earlier run had sent the same to the same recipients under others.",
                result.Warnings[1]);
        }
    }

    [Theory]
    [InlineData("-Text new", "")]
    [InlineData("", "$rows[0].ConversationId = [string](New-Guid)")]
    public void A_row_that_failed_under_its_key_is_tried_again_when_it_has_been_changed(string parameter, string change)
    {
        Site.On("x 1", Mishap.NotFound);
        Site.On("x 2", Mishap.NotFound, Mishap.NotFound);
        const string send = "$rows | Send-WixInboxMessage -Journal $journal -KeyProperty Order";
        Run($"$rows = Rows 1, 2; {send}");

        var same = RunWell(send);
        var changed = RunWell($"{change}; $rows | Select-Object -First 1 | {send[8..]} {parameter}");

        Assert.Empty(same.Output);
        Assert.Equal(2, ValueOf(same.Summary, "AlreadyFailed"));
        Assert.Equal([parameter.Length == 0 ? "x 1" : "new"], TextsOf(changed));
        Assert.Empty(changed.Warnings);
        Assert.Equal(["1 Sent", "2 Failed"], States().Order());
    }

    [Fact]
    public void A_text_that_was_edited_is_a_new_row_without_a_key_and_said_before_it_is_sent()
    {
        RunWell("Rows (1..3) | Send-WixInboxMessage -Journal $journal");

        var result = RunWell(
            "Rows 1, 2, 4 | Send-WixInboxMessage -Text { \"edited $($_.Order)\" } -Journal $journal 3>&1 | "
                + "ForEach-Object { if ($_ -is [WixInbox.Message]) { 'message' } else { $_.Message } }");

        Assert.StartsWith(
            "Row 1: an earlier run has sent another message to this recipient, and this one is not in the journal.",
            result.Output[0].ToString(),
            StringComparison.Ordinal);
        Assert.Contains(
            "With -KeyProperty, a row is known by a column and not by its text.",
            result.Output[0].ToString(),
            StringComparison.Ordinal);
        Assert.Equal(
            ["message", "message", "message"],
            result.Output.Skip(1).Take(3).Select(item => item.ToString()));
        Assert.Equal(
            "2 messages were new to the journal, and went to recipients to whom an earlier run had sent another.",
            result.Output[^1].ToString());
    }

    [Theory]
    [InlineData(
        "Rows 1, 2, 4 | Send-WixInboxMessage new -Journal $journal",
        "2 messages are new to the journal, and would go to recipients to whom an earlier run had sent another.")]
    [InlineData(
        "Rows 1, 2 | ForEach-Object { $_.Order += 'x'; $_ } | "
            + "Send-WixInboxMessage -Journal $journal -KeyProperty Order",
        "2 messages have new keys, and an earlier run had sent the same to the same recipients under others.")]
    public void A_rehearsal_says_of_both_what_would_be(string command, string expected)
    {
        RunWell("Rows (1..3) | Send-WixInboxMessage -Journal $journal"
            + (command.Contains("-KeyProperty", StringComparison.Ordinal) ? " -KeyProperty Order" : string.Empty));

        Assert.Equal(expected, RunWell(command + " -WhatIf").Warnings[^1]);
    }

    [Fact]
    public void One_that_is_the_only_one_is_said_once()
    {
        RunWell("Rows 1 | Send-WixInboxMessage -Journal $journal");

        var result = RunWell("Rows 1, 2 | Send-WixInboxMessage new -Journal $journal");

        Assert.StartsWith(
            "Row 1: an earlier run has sent another message",
            Assert.Single(result.Warnings),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_message_to_a_recipient_is_no_edited_one()
    {
        RunWell("Rows 1 | Send-WixInboxMessage -Journal $journal");

        var result = RunWell(
            "Rows 1, 1 | ForEach-Object { $i = 0 } { if ($i++) { $_.Text = 'another' }; $_ } | "
                + "Send-WixInboxMessage -Journal $journal");

        Assert.Equal(["another"], TextsOf(result));
        Assert.Empty(result.Warnings);
    }
}
