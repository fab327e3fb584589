using System.Net;
using System.Text;

namespace WixInbox.Tests;

/// <summary>Answers of the server.</summary>
internal static class Answer
{
    public const string MessageId = "1640849952353627";

    public static HttpResponseMessage Sent(string id = MessageId) => Json(200, $$$"""{"message":{"id":"{{{id}}}"}}""");

    public static HttpResponseMessage Conversation(string id) =>
        Json(200, $$$"""{"conversation":{"id":"{{{id}}}"},"newConversation":false}""");

    public static HttpResponseMessage Json(int status, string body, params (string Name, string Value)[] headers) =>
        Text(status, body, "application/json", headers);

    public static HttpResponseMessage Status(int status, params (string Name, string Value)[] headers) =>
        Json(status, """{"message":"","details":{}}""", headers);

    public static HttpResponseMessage Text(
        int status, string body, string mediaType, params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status)
        {
            Content = new StringContent(body, Encoding.UTF8, mediaType),
        };
        foreach (var (name, value) in headers)
        {
            Assert.True(response.Headers.TryAddWithoutValidation(name, value));
        }

        return response;
    }
}
