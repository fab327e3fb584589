using CsCheck;
using WixInbox.Journal;

namespace WixInbox.Tests.Invariants;

/// <summary>What is written to a journal is read, whatever is in it and wherever it breaks off.</summary>
public sealed class JournalLineTests
{
    private static readonly Gen<string?> s_text = Gen.OneOf(
        Gen.String[Gen.Char["aé\"\\\r\n\0\u2028漢{},:"], 0, 12],
        Gen.String[Gen.Char[' ', '\uD7FF'], 0, 12],
        Gen.Const("\U0001F600"),
        Gen.Const(string.Empty)).Null();

    private static readonly Gen<DateTimeOffset?> s_time =
        Gen.Long[0, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()].Select(DateTimeOffset.FromUnixTimeMilliseconds)
            .Nullable();

    private static readonly Gen<Hash128?> s_hash = Gen.Select(Gen.ULong, Gen.ULong, (high, low) =>
        new Hash128(high, low)).Nullable();

    private static readonly Gen<JournalRecord> s_record = Gen.Select(
        Gen.Select(OneOf(RecordKind.Intent, RecordKind.Sent, RecordKind.Failed, RecordKind.NotSent, RecordKind.Unknown),
            s_text, s_text, s_text),
        Gen.Select(s_time, s_time, Gen.Int.Nullable(), Gen.Int.Nullable()),
        Gen.Select(s_hash, s_hash, Gen.Bool, s_text),
        (one, two, three) => new JournalRecord
        {
            // What no outcome is without.
            Kind = one.Item1,
            Key = one.Item2 ?? "key",
            ConversationId = one.Item3 ?? "c",
            Time = two.Item1 ?? DateTimeOffset.UnixEpoch,
            MessageId = one.Item4,
            ServerTime = two.Item2,
            Row = two.Item3,
            Status = two.Item4,
            Recipient = three.Item1,
            Fingerprint = three.Item2,
            Reconciled = three.Item3,
            Code = three.Item4,
        });

    [Fact]
    public void A_line_comes_back_as_it_was_written() =>
        s_record.Sample(
            record =>
            {
                var line = Written(record);

                // A line end within would make two lines of it.
                Assert.Equal(line.Length - 1, Array.IndexOf(line, (byte)'\n'));
                Assert.True(JournalLine.IsWhole(line, 0, line.Length - 1));
                AssertSame(record, JournalRecord.Parse(line, 0, line.Length - 1));
            },
            iter: 5_000);

    [Fact]
    public void A_line_with_another_byte_anywhere_is_not_whole() =>
        Gen.Select(s_record, Gen.Int[0, 100_000], Gen.Int[1, 255]).Sample(
            (record, at, change) =>
            {
                var line = Written(record);
                line[at % (line.Length - 1)] ^= (byte)change;

                Assert.False(JournalLine.IsWhole(line, 0, line.Length - 1));
            },
            iter: 5_000);

    [Fact]
    public void Lines_that_break_off_at_any_byte_are_read_up_to_there() =>
        Gen.Select(s_record.Array[0, 6], Gen.Double[0, 1], Gen.Int[0, 3], OneOf(16, 64, 1 << 16)).Sample(
            (records, part, zeros, bufferSize) =>
            {
                byte[][] lines = [.. records.Select(Written)];
                byte[] all = [.. lines.SelectMany(line => line)];
                var length = (int)(part * all.Length);
                using var stream = new MemoryStream([.. all[..length], .. new byte[zeros]]);
                var scan = new JournalScan(stream, bufferSize);

                var left = length;
                foreach (var (record, line) in records.Zip(lines))
                {
                    // What ends a line may be torn off alone.
                    if (left < line.Length - 1)
                    {
                        break;
                    }

                    left -= line.Length;
                    AssertSame(record, scan.Next());
                }

                Assert.Null(scan.Next());
                Assert.Null(scan.DamagedLine);
            },
            iter: 5_000);

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static byte[] Written(JournalRecord record)
    {
        using var stream = new MemoryStream();
        new JournalLine().Write(record, stream);
        return stream.ToArray();
    }

    private static void AssertSame(JournalRecord written, JournalRecord? read)
    {
        Assert.NotNull(read);
        Assert.All(typeof(JournalRecord).GetProperties(), property =>
            Assert.Equal(property.GetValue(written), property.GetValue(read)));
    }
}
