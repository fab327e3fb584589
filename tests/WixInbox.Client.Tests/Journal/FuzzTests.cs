using System.Text;

namespace WixInbox.Tests.Journal;

/// <summary>Whatever is in a file, it is opened or refused.</summary>
public sealed class FuzzTests
{
    private static readonly string[] s_pieces =
    [
        "{", "}", "\n", "\r\n", "\0", ",\"x\":\"00000000\"}\n", "{\"t\":\"H\",\"v\":1,\"tool\":\"WixInbox ", "\"k\":",
        "\"t\":\"S\"", "9999999999", "-1", "\"ts\":\"2026\"", "\ufeff", "[", "\"\\ud800\"", "null",
    ];

    [Fact]
    public void Random_bytes_are_refused_and_left_as_they_are()
    {
        for (var seed = 0; seed < 3_000; seed++)
        {
            var random = new Random(seed);
            var bytes = new byte[random.Next(1, 400)];
            random.NextBytes(bytes);
            if (seed % 2 == 0)
            {
                Journals.Refused(bytes, JournalProblem.NotAJournal);
                continue;
            }

            Try(Encoding.UTF8.GetBytes(string.Concat(
                Enumerable.Range(0, random.Next(1, 30)).Select(_ => s_pieces[random.Next(s_pieces.Length)]))));
        }
    }

    [Fact]
    public async Task A_journal_changed_in_any_way_is_opened_or_refused()
    {
        var whole = await Journals.SmallAsync();
        for (var seed = 0; seed < 5_000; seed++)
        {
            var random = new Random(seed);
            var bytes = whole.ToList();
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                var at = random.Next(bytes.Count);
                switch (random.Next(5))
                {
                    case 0:
                        bytes[at] = (byte)random.Next(256);
                        break;
                    case 1:
                        bytes.RemoveRange(at, random.Next(Math.Min(300, bytes.Count - at)));
                        break;
                    case 2:
                        bytes.InsertRange(at, Encoding.UTF8.GetBytes(s_pieces[random.Next(s_pieces.Length)]));
                        break;
                    case 3:
                        bytes.InsertRange(at, bytes.GetRange(0, at));
                        break;
                    default:
                        bytes.InsertRange(at, new byte[random.Next(600)]);
                        break;
                }
            }

            Try([.. bytes]);
        }
    }

    [Fact]
    public void Lines_with_a_right_checksum_and_any_content_are_opened_or_refused()
    {
        string[] names =
        [
            "t", "k", "row", "p", "c", "h", "m", "id", "at", "n", "rec", "code", "st", "req", "ts", "run", "total", "v",
            "created", "to", "key", "new",
        ];
        string[] values =
        [
            "\"I\"", "\"S\"", "\"A\"", "\"F\"", "\"N\"", "\"R\"", "\"O\"", "\"H\"", "1", "-1", "1e99", "null", "true",
            "{\"a\":[1]}", "\"2026-11-22T12:00:00.000Z\"", "\"00112233445566778899aabbccddeeff\"", "\"\\ud800\"",
            "\"\"", "\"x",
        ];
        var storage = new MemoryStorage();
        using (Journals.Open(storage))
        {
        }

        for (var seed = 0; seed < 5_000; seed++)
        {
            var random = new Random(seed);
            byte[] content = storage.Written;
            for (var line = 0; line < 3; line++)
            {
                var members = names.Where(_ => random.Next(2) == 0)
                    .Select(name => $"\"{name}\":{values[random.Next(name == "t" ? 8 : values.Length)]}");
                content = [.. content, .. Journals.Line($"{{\"z\":0,{string.Join(",", members)}}}")];
            }

            Try(content);
        }
    }

    private static readonly string[] s_keys = ["sent", "failed", "open", "new"];

    private static void Try(byte[] content)
    {
        var storage = new MemoryStorage(content);
        try
        {
            using var journal = Journals.Open(storage);
            foreach (var row in s_keys.Select(key => journal.Take(key)))
            {
                journal.ReadMessage(row);
                if (row.Open is not null)
                {
                    journal.NoteFinding(row, Journals.Message());
                }
            }
        }
        catch (JournalException)
        {
            Assert.Same(content, storage.Written);
            return;
        }

        // Whatever was made of it, the next run makes the same of it.
        using var again = Journals.Open(storage);
        Assert.True(again.IsResumed);
        Assert.All(s_keys, key => Assert.True(again.Take(key) is { Open: null } or { Earlier: JournalState.Unknown }));
    }
}
