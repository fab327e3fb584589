using System.Text.Json;
using WixInbox.Json;

namespace WixInbox.Tests.Json;

public sealed class TimestampTests
{
    [Theory]
    [InlineData("")]
    [InlineData(".1")]
    [InlineData(".12")]
    [InlineData(".123")]
    [InlineData(".1234")]
    [InlineData(".12345")]
    [InlineData(".123456")]
    [InlineData(".1234567")]
    [InlineData(".12345678")]
    [InlineData(".123456789")]
    public void A_time_is_read_with_up_to_nine_digits_of_a_second(string fraction)
    {
        // A tick is a tenth of a microsecond: what is finer is cut, as Wix itself cuts to milliseconds.
        var ticks = fraction.TrimStart('.').PadRight(7, '0')[..7];

        var read = Read($"2021-12-30T07:39:12{fraction}Z");

        Assert.Equal(
            new DateTimeOffset(2021, 12, 30, 7, 39, 12, TimeSpan.Zero).AddTicks(
                int.Parse(ticks, System.Globalization.CultureInfo.InvariantCulture)),
            read);
        Assert.Equal(TimeSpan.Zero, read.Offset);
    }

    [Theory]
    [InlineData("2021-12-30T07:39:12Z", "2021-12-30T07:39:12Z")]
    [InlineData("2021-12-30T07:39:12.353Z", "2021-12-30T07:39:12.353Z")]
    [InlineData("2021-12-29T09:50:04.918118Z", "2021-12-29T09:50:04.918118Z")]
    [InlineData("2021-12-30T09:39:12.5+02:00", "2021-12-30T07:39:12.5Z")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.9999999Z")]
    public void A_time_is_written_in_utc_with_the_digits_that_it_has(string read, string written)
    {
        Assert.Equal(
            $$$"""{"message":{"createdDate":"{{{written}}}"}}""",
            JsonSerializer.Serialize(
                new SendMessageRequest { Message = new Message { CreatedDate = Read(read) } },
                WixJson.Wire.SendMessageRequest));
    }

    [Fact]
    public async Task A_time_that_is_none_makes_the_answer_unreadable_and_does_not_throw()
    {
        var failure = await TestClient.FailAsync(
            Answer.Json(200, """{"message":{"id":"1","createdDate":"yesterday"}}"""), OutcomeKind.Ambiguous);

        Assert.Equal(FailureCause.UnreadableResponse, failure.Cause);
    }

    private static DateTimeOffset Read(string text) =>
        JsonSerializer.Deserialize(
            $$$"""{"message":{"createdDate":"{{{text}}}"}}""",
            WixJson.Wire.SendMessageRequest)!.Message!.CreatedDate!.Value;
}
