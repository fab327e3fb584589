using System.Text.Json.Serialization;
using WixInbox.Media;

namespace WixInbox.Json;

/// <summary>The API's JSON: camelCase, what is not given left out, serializers made at build time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(TimestampConverter)])]
[JsonSerializable(typeof(SendMessageRequest))]
[JsonSerializable(typeof(SendMessageResponse))]
[JsonSerializable(typeof(ListMessagesResponse))]
[JsonSerializable(typeof(QueryContactsResponse))]
[JsonSerializable(typeof(QueryContactsV5Response))]
[JsonSerializable(typeof(GetContactResponse))]
[JsonSerializable(typeof(ListLabelsResponse))]
[JsonSerializable(typeof(TokenResponse))]
[JsonSerializable(typeof(GetOrCreateConversationRequest))]
[JsonSerializable(typeof(GetOrCreateConversationResponse))]
[JsonSerializable(typeof(GetConversationResponse))]
[JsonSerializable(typeof(GenerateUploadUrlRequest))]
[JsonSerializable(typeof(GenerateUploadUrlResponse))]
[JsonSerializable(typeof(ImportFileRequest))]
[JsonSerializable(typeof(FileResponse))]
[JsonSerializable(typeof(ChannelFileRequest))]
[JsonSerializable(typeof(ChannelFileResponse))]
internal sealed partial class WixJsonContext : JsonSerializerContext;
