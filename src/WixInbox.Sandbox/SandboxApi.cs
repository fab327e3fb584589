using System.Net;
using System.Text.Json;

namespace WixInbox.Sandbox;

/// <summary>Which operation a method and path mean, and how its input is read.</summary>
internal sealed class SandboxApi(Inbox inbox, MediaLibrary media, TokenIssuer tokens)
{
    public Answer Handle(IncomingRequest request, DateTimeOffset receivedAt)
    {
        var route = Routes.Of(request.Path);
        try
        {
            return (request.Method, route) switch
            {
                ("POST", Routes.Messages) => Body(request, out var body)
                    ?? SendMessage.Handle(body, inbox, receivedAt),
                ("GET", Routes.Messages) => ListMessages.Handle(Query(request), inbox),
                ("POST", Routes.Conversations) => Body(request, out var body)
                    ?? GetOrCreateConversation.Handle(body, inbox),
                ("GET", Routes.OneConversation) => GetConversation.Handle(Routes.IdIn(request.Path), inbox),
                ("POST", Routes.ContactQuery) => Body(request, out var body)
                    ?? QueryContacts.Handle(body, inbox.Contacts),
                ("GET", Routes.OneContact) => GetContact.Handle(
                    Routes.IdIn(request.Path), Query(request, "fields", "fieldsets"), inbox.Contacts),
                ("POST", Routes.ContactQueryV5) => Body(request, out var body)
                    ?? QueryContactsV5.Handle(body, inbox.Contacts),
                ("GET", Routes.ContactQueryV5) => QueryContactsV5.Handle(Query(request), inbox.Contacts),
                ("GET", Routes.OneContactV5) => GetContactV5.Handle(Routes.IdIn(request.Path), inbox.Contacts),
                ("GET", Routes.Labels) => ListLabels.Handle(Query(request), inbox.Contacts),
                ("POST", Routes.Token) => CreateAccessToken.Handle(request, tokens),
                ("POST", Routes.UploadUrl) => Body(request, out var body)
                    ?? GenerateUploadUrl.Handle(body, request.Origin, media),
                ("POST", Routes.ImportFile) => Body(request, out var body)
                    ?? ImportFile.Handle(body, media),
                ("POST", Routes.ChannelUploadUrl) => Body(request, out var body)
                    ?? ChannelMedia.UploadUrl(body, request.Origin, media),
                ("POST", Routes.ChannelImportFile) => Body(request, out var body)
                    ?? ChannelMedia.Import(body, media),
                ("POST", Routes.ChannelDownloadUrl) => Body(request, out var body)
                    ?? ChannelMedia.DownloadUrl(body, media),
                ("GET", Routes.ChannelStorageQuota) => ChannelMedia.StorageQuota(media),
                ("PUT", Routes.Upload) => UploadFile.Handle(request, Query(request), media),
                ("GET", Routes.OneFile) => GetFile.Handle(Query(request), media),
                _ => Routes.MethodsOf(route) is string methods
                    ? ErrorAnswers.WrongMethod(request.Method, request.Path, methods)
                    : ErrorAnswers.NoSuchPath(request.Path),
            };
        }
        catch (FormatException exception)
        {
            // Seen of a value of the wrong JSON type: 400 with a message alone. Wix documents nothing for a body or
            // query that cannot be read; our choice is the same.
            return ErrorAnswers.MessageAlone((int)HttpStatusCode.BadRequest, exception.Message);
        }
    }

    private static JsonElement Query(IncomingRequest request, params string[] lists) =>
        Json.ReadObject(QueryString.ToJson(request.Query, lists));

    private static Answer? Body(IncomingRequest request, out JsonElement body)
    {
        body = default;

        // Wix documents nothing for another or a missing media type. Our choice: 415, so that a client that forgets the
        // header is caught.
        if (!request.IsJson)
        {
            return ErrorAnswers.Application(415, "UNSUPPORTED_MEDIA_TYPE", "Content-Type must be application/json.");
        }

        body = Json.ReadObject(request.Body);
        return null;
    }
}
