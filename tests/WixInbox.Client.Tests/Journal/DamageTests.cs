using System.Text;
using WixInbox.Journal;

namespace WixInbox.Tests.Journal;

public sealed class DamageTests
{
    private const int Line = 5;

    [Fact]
    public async Task A_changed_byte_in_the_middle_is_refused_with_its_line()
    {
        var whole = await Journals.SmallAsync();
        var lines = Journals.Lines(whole);
        var start = lines.Take(Line - 1).Sum(line => line.Length + 1);
        for (var at = start; at <= start + lines[Line - 1].Length; at++)
        {
            foreach (var change in (byte[])[0x01, 0x20, 0x80])
            {
                var bytes = whole.ToArray();
                bytes[at] ^= change;

                // With a zero in it, it is a hole.
                if (bytes[at] != 0)
                {
                    var exception = Journals.Refused(bytes, JournalProblem.Damaged);
                    Assert.Contains($"line {Line} ", exception.Message, StringComparison.Ordinal);
                    Assert.Contains("memory.jsonl", exception.Message, StringComparison.Ordinal);
                }
            }
        }
    }

    [Fact]
    public async Task A_broken_line_at_the_end_that_has_its_own_end_was_not_being_written_and_is_refused()
    {
        var whole = await Journals.SmallAsync();

        var exception = Journals.Refused([.. whole, .. "garbage\nmore garb"u8], JournalProblem.Damaged);

        Assert.Contains($"line {Journals.Lines(whole).Length + 1} ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_of_one_letter_is_refused_with_its_number()
    {
        var lines = Journals.Lines(await Journals.SmallAsync());
        for (var before = 1; before <= lines.Length; before++)
        {
            var exception = Journals.Refused(
                Encoding.UTF8.GetBytes(string.Join("\n", [.. lines[..before], "x", .. lines[before..], string.Empty])),
                JournalProblem.Damaged);

            Assert.Contains($"line {before + 1} ", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_bit_that_flips_anywhere_makes_no_row_a_new_one()
    {
        // It ends with a row that is about to be sent.
        var whole = await Journals.SmallAsync();
        for (var bit = 0; bit < whole.Length * 8; bit++)
        {
            var bytes = whole.ToArray();
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            using var opened = TryOpen(bytes);
            var isKept = opened is null || (opened.Take("sent").Earlier is JournalState.Sent or JournalState.Sending
                && opened.Take("open").Earlier is JournalState.Sending);
            Assert.True(isKept, $"Bit {bit % 8} of byte {bit / 8} of {whole.Length}: {(char)whole[bit / 8]}");
        }
    }

    [Fact]
    public async Task A_line_with_a_right_checksum_that_says_nothing_is_refused_as_well()
    {
        var whole = await Journals.SmallAsync();
        var last = Encoding.UTF8.GetBytes(Journals.Lines(whole)[^1] + "\n");

        foreach (var json in new[]
        {
            """{"t":"I","k":"1"}""",
            """{"t":"I","k":"1","ts":"2026-11-22T12:00:00.000Z"}""",
            """{"t":"I","k":7,"c":"c","ts":"2026-11-22T12:00:00.000Z"}""",
            """{"t":"S","k":"1","ts":"noon"}""",
            """{"t":"S","k":"1" "ts":1}""",
        })
        {
            Journals.Refused([.. whole, .. Journals.Line(json), .. last], JournalProblem.Damaged);
        }
    }

    [Fact]
    public async Task A_header_that_was_changed_is_refused()
    {
        var whole = await Journals.SmallAsync();
        whole[60] ^= 1;

        var exception = Journals.Refused(whole, JournalProblem.Damaged);

        Assert.Contains("line 1 ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_may_have_left_in_any_of_several_holes()
    {
        var clock = Journals.Clock();
        byte[] bytes = [];
        for (var run = 0; run < 2; run++)
        {
            var storage = new MemoryStorage(bytes);
            using (var journal = Journals.Open(storage, time: clock))
            {
                for (var row = 1; row <= 3; row++)
                {
                    clock.Advance(TimeSpan.FromMinutes(1));
                    await journal.IntendAsync(journal.Take($"{run}-{row}"), ahead: TimeSpan.Zero);
                }
            }

            bytes = storage.Written;
            var lines = Journals.Lines(bytes);
            var (middle, last) = (lines[^2].Length + 1, lines[^1].Length + 1);
            Array.Clear(bytes, bytes.Length - last - middle, middle);
            clock.Advance(TimeSpan.FromHours(2));
        }

        using var again = Journals.Open(new MemoryStorage(bytes), time: clock);

        var open = again.Take("1-2").Open!;
        Assert.Equal(Journals.Noon.AddMinutes(1), open.Since.Ours);
        Assert.Equal(Journals.Noon.AddHours(2).AddMinutes(6), open.LastIntent.Ours);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(700)]
    [InlineData(5_000_000)]
    public async Task A_hole_that_a_power_cut_left_is_passed_over(int size)
    {
        var whole = await Journals.SmallAsync();
        var lines = Journals.Lines(whole);
        var before = lines.Take(Line - 1).Sum(line => line.Length + 1);
        var rest = before + lines[Line - 1].Length + 1;

        // Torn in the middle of a line, zeros, and the end of another.
        var storage = new MemoryStorage([.. whole[..(before + 20)], .. new byte[size], .. whole[(rest - 20)..]]);
        using var journal = Journals.Open(storage);

        Assert.Equal(JournalState.Sending, journal.Take("open").Earlier);
        Assert.True(journal.Take("sent").Earlier is JournalState.Sent or JournalState.Sending);
    }

    // At the end of the file there is a torn line as well.
    [Fact]
    public async Task What_follows_a_hole_is_held_to_the_same_rules()
    {
        var whole = await Journals.SmallAsync();
        var lines = Journals.Lines(whole);
        var before = lines.Take(Line - 1).Sum(line => line.Length + 1);
        byte[] cut = [.. whole[..(before + 20)], .. new byte[300], .. whole[(before + 40)..], .. "{\"t\":\"I\""u8];
        using (var journal = Journals.Open(new MemoryStorage(cut)))
        {
            Assert.NotNull(journal.Take("open").Open);
        }

        cut[cut.AsSpan().IndexOf(Encoding.UTF8.GetBytes(lines[Line + 1])) + 10] ^= 1;

        var exception = Journals.Refused(cut, JournalProblem.Damaged);
        Assert.Contains($"line {Line + 2} ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_that_nothing_is_known_of_may_have_been_in_a_hole_and_a_single_zero_between_lines_is_none()
    {
        var whole = await Journals.SmallAsync();
        var end = Journals.Lines(whole).Take(Line).Sum(line => line.Length + 1);
        foreach (var (bytes, isHole) in new (byte[], bool)[]
        {
            ([.. whole[..(end - 1)], 0, .. whole[end..]], false),
            ([.. whole[..end], 0, .. whole[end..]], false),
            ([.. whole[..end], 0, 0, .. whole[end..]], true),
            ([.. whole[..(end - 1)], 0, 0, .. whole[end..]], true),
            ([.. whole[..(end - 9)], 0, .. whole[(end - 8)..]], true),
            ([.. whole[..(end - 9)], 0, 0, .. whole[end..]], true),
        })
        {
            using var journal = Journals.Open(new MemoryStorage(bytes));

            var row = journal.Take("new");
            Assert.Equal((isHole, isHole ? JournalState.Unknown : null), (row.Open is not null, row.Earlier));
            Assert.NotNull(journal.Take("open").Open);

            // The key stands for the first of them alone.
            var repeated = journal.Take("new");
            Assert.Equal((true, null, null), (repeated.IsKeyRepeated, repeated.Open, repeated.Earlier));
        }
    }

    [Fact]
    public async Task A_row_that_may_have_been_in_a_hole_stays_so_where_it_does_not_leave()
    {
        var whole = await Journals.SmallAsync();
        var end = Journals.Lines(whole).Take(Line).Sum(line => line.Length + 1);
        var storage = new MemoryStorage([.. whole[..end], 0, 0, .. whole[end..]]);
        using (var journal = Journals.Open(storage))
        {
            journal.NoteInvalid(journal.Take("rule"), "TextTooLong");
            journal.NoteNotSent(journal.Take("not sent"), null, null, null, 0);
            journal.NoteFailed(journal.Take("failed since"), "X", 404, null, 0);
        }

        using var again = Journals.Open(storage);
        foreach (var key in new[] { "rule", "not sent", "failed since" })
        {
            var row = again.Take(key);
            Assert.Equal((true, JournalState.Unknown), (row.IsOpen, row.Earlier));
        }
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\n\n\r\n")]
    public async Task An_empty_line_that_an_editor_leaves_is_put_up_with_anywhere(string empty)
    {
        var lines = Journals.Lines(await Journals.SmallAsync());
        for (var before = 1; before <= lines.Length; before++)
        {
            var text = string.Concat(lines.Select((line, index) => line + "\n" + (index + 1 == before ? empty : null)));

            using var journal = Journals.Open(new MemoryStorage(Encoding.UTF8.GetBytes(text)));

            Assert.Equal(JournalState.Sent, journal.Take("sent").Earlier);
            Assert.NotNull(journal.Take("open").Open);
            Assert.Null(journal.Take("new").Open);
        }
    }

    [Fact]
    public async Task What_is_read_does_not_depend_on_how_much_is_read_at_once()
    {
        var lines = Journals.Lines(await Journals.SmallAsync());
        byte[] bytes =
        [
            .. Encoding.UTF8.GetBytes(lines[0] + "\n\n" + lines[1] + "\r\n\r\n" + lines[2] + "\0\0\0" + lines[3][9..]),
            .. Encoding.UTF8.GetBytes("\n" + lines[4] + "\0" + lines[5] + "\n" + lines[6] + "\n\n" + lines[7]),
        ];
        for (var bufferSize = 3; bufferSize < bytes.Length + 3; bufferSize++)
        {
            using var stream = new MemoryStream(bytes);
            var scan = new JournalScan(stream, bufferSize);
            List<(int Line, RecordKind Kind, int Offset)> read = [];
            while (scan.Next() is { } record)
            {
                read.Add((scan.Line, record.Kind, (int)scan.Offset));
            }

            Assert.Equal(
                [
                    (1, RecordKind.Header), (3, RecordKind.Run), (5, RecordKind.Recipient), (6, RecordKind.Sent),
                    (6, RecordKind.Intent), (7, RecordKind.Failed), (9, RecordKind.Intent),
                ],
                read.Select(one => (one.Line, one.Kind)));
            Assert.All(read, one => Assert.Equal((byte)'{', bytes[one.Offset]));
            Assert.Equal(1, scan.Holes);
            Assert.False(scan.HasLineEnd);
            Assert.Null(scan.DamagedLine);
            Assert.Equal(bytes.Length, scan.WholeEnd);
        }
    }

    [Fact]
    public async Task What_an_editor_does_to_the_ends_of_a_file_and_of_its_lines_is_put_up_with()
    {
        var text = string.Join("\r\n", Journals.Lines(await Journals.SmallAsync()));
        foreach (var end in new[] { "\r\n", string.Empty, "\r", "\r\n\r\n" })
        {
            var storage = new MemoryStorage([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text + end)]);
            using (var journal = Journals.Open(storage))
            {
                Assert.True(journal.IsResumed);
                Assert.Equal(JournalState.Sent, journal.Take("sent").Earlier);
                Assert.Equal("m1", journal.ReadMessage(journal.Take("sent"))!.Id);
                Assert.NotNull(journal.Take("open").Open);
            }

            using var again = Journals.Open(storage);
            Assert.NotNull(again.Take("open").Open);
        }
    }

    [Fact]
    public async Task What_a_newer_version_adds_is_left_alone()
    {
        var whole = await Journals.SmallAsync();
        var storage = new MemoryStorage(
        [
            .. whole,
            .. Journals.Line("""{"t":"Z","new":{"a":[1]},"k":"open"}"""),
            .. Journals.Line("""{"t":"long name"}"""),
            .. Journals.Line(
                """{"t":"S","k":"open","new":{"a":[1]},"id":"m2","n":1,"more":null,"ts":"2026-11-22T12:00:00.000Z"}"""),
        ]);

        using var journal = Journals.Open(storage);

        Assert.Equal(JournalState.Sent, journal.Take("open").Earlier);
        Assert.Null(journal.Take("open").Open);
    }

    private static SendJournal? TryOpen(byte[] bytes)
    {
        try
        {
            return Journals.Open(new MemoryStorage(bytes));
        }
        catch (JournalException)
        {
            return null;
        }
    }
}
