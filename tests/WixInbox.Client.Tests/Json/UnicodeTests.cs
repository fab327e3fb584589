using System.Text;
using System.Text.Json;

namespace WixInbox.Tests.Json;

/// <summary>
/// Texts as they leave. The serializer escapes what takes two UTF-16 units, such as emoji, which says the same in more
/// bytes.
/// </summary>
public sealed class UnicodeTests
{
    [Theory]
    [InlineData("Grüße, señor Łukasz")]
    [InlineData("שלום, مرحبا \u200f!")]
    [InlineData("e\u0301 a\u030a o\u0308")]
    [InlineData("日本語 한국어")]
    [InlineData("<b> & 'it' + `x`")]
    public async Task Letters_of_all_scripts_go_out_as_utf8(string text)
    {
        var body = await SendAsync(text);

        Assert.True(body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0, Encoding.UTF8.GetString(body));
    }

    [Theory]
    [InlineData("a \"quoted\" \\ back / slash")]
    [InlineData("line\nbreak\r\n\ttab")]
    [InlineData("𝔘 𠮷")]
    [InlineData("\0\u0001\u001f\u007f\u0085\u2028\u2029\ufeff")]
    [InlineData("💬 👩‍👩‍👧‍👦 🇩🇪")]
    public async Task Every_text_comes_through_as_it_was(string text)
    {
        var body = await SendAsync(text);

        using var document = JsonDocument.Parse(body);
        Assert.Equal(
            text,
            document.RootElement.GetProperty("message").GetProperty("content").GetProperty("basic")
                .GetProperty("items")[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task The_body_starts_without_a_mark_of_its_encoding()
    {
        Assert.Equal((byte)'{', (await SendAsync("Hey!"))[0]);
    }

    private static async Task<byte[]> SendAsync(string text)
    {
        var handler = new StubHandler(_ => Answer.Sent());
        await TestClient.SendAsync(handler, Sample.Text(text));
        return Assert.Single(handler.Requests).Utf8;
    }
}
