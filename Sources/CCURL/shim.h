#pragma once
#include <curl/curl.h>

// Swift cannot call functions with a variable number of arguments: one function for each kind of argument.

static inline CURLcode roost_curl_set_text(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode roost_curl_set_number(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode roost_curl_set_size(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode roost_curl_set_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode roost_curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(handle, option, value);
}

typedef size_t (*roost_curl_transfer)(char *, size_t, size_t, void *);

static inline CURLcode roost_curl_set_transfer(CURL *handle, CURLoption option, roost_curl_transfer value) {
    return curl_easy_setopt(handle, option, value);
}

static inline long roost_curl_response_code(CURL *handle) {
    long code = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &code);
    return code;
}
