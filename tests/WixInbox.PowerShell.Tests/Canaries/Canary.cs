using System.Text;

namespace WixInbox.PowerShell.Tests.Canaries;

/// <summary>
/// Secrets that would be seen wherever they got to: as they are, in other letters, escaped, in base64, or any part of
/// that.
/// </summary>
internal sealed class Canary(params string[] secrets)
{
    // What is shorter is a word.
    private const int ShortestPart = 16;

    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _parts = secrets.SelectMany(FormsOf)
        .SelectMany(
            form => Enumerable.Range(0, form.Length - ShortestPart + 1),
            (form, at) => form.Substring(at, ShortestPart))
        .ToHashSet(StringComparer.OrdinalIgnoreCase)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Shows where a text has one of them; null where it has none.</summary>
    public string? FoundIn(string text)
    {
        for (var at = 0; at <= text.Length - ShortestPart; at++)
        {
            if (_parts.Contains(text.AsSpan(at, ShortestPart)))
            {
                return text[Math.Max(0, at - 60)..Math.Min(text.Length, at + 100)];
            }
        }

        return null;
    }

    private static string[] FormsOf(string secret) =>
    [
        secret,
        Uri.EscapeDataString(secret),
        string.Concat(secret.Select(letter => $"\\u{(int)letter:x4}")),
        Base64(secret, 0),
        Base64(secret, 1),
        Base64(secret, 2),
    ];

    // The letters of base64 that are its own, after so many bytes of something else.
    private static string Base64(string value, int before)
    {
        var bytes = Encoding.UTF8.GetBytes(new string(' ', before) + value);
        var start = ((before * 8) + 5) / 6;
        return Convert.ToBase64String(bytes)[start..(bytes.Length * 8 / 6)];
    }
}
